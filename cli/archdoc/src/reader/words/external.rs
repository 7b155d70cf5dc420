//! Names of what others run.

use super::name::{has, tokens};
use super::software::software;
use crate::facts::ComponentKind;

/// Words for services of others, and for what does not run here.
const EXTERNAL: [&str; 37] = [
    "cloudflare",
    "cloudfront",
    "aws",
    "gcp",
    "azure",
    "s3",
    "route",
    "internet",
    "slack",
    "pagerduty",
    "github",
    "gitlab",
    "stripe",
    "twilio",
    "sendgrid",
    "external",
    "third",
    "party",
    "cdn",
    "dns",
    "rds",
    "eks",
    "gke",
    "aks",
    "alb",
    "openai",
    "smtp",
    "sns",
    "sqs",
    "waf",
    "elasticache",
    "msk",
    "host",
    "machine",
    "future",
    "servicemonitor",
    "mcp",
];

/// Whether a name is that of a service of others: `ElastiCache Redis`, `Stripe`.
pub(super) fn is_external(name: &str) -> bool {
    let tokens = tokens(name);
    // `ElastiCache` and `OpenAI` are one name each, whatever letters are large in them.
    let lower = name.to_lowercase();
    let joined = tokens.windows(2).map(<[String]>::concat);
    let joined: Vec<String> = joined.filter(|it| lower.contains(it.as_str())).collect();
    (has(&tokens, &EXTERNAL) || has(&joined, &EXTERNAL)) && !is_s3_of_ones_own(&tokens)
}

/// Whether a name is that of a store of one's own which speaks S3: `MinIO/S3`.
fn is_s3_of_ones_own(tokens: &[String]) -> bool {
    let [first, rest @ ..] = tokens else {
        return false;
    };
    let is_store = software(first).is_some_and(|it| it.kind == ComponentKind::Storage);
    is_store && rest.first().is_some_and(|it| it == "s3") && !has(&rest[1..], &EXTERNAL)
}
