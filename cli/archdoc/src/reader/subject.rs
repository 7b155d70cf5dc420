//! What a drawing is about, told by the words above it.

use super::block::is_heading;
use super::block::mermaid::PLACEHOLDER;
use super::collector::Collector;
use super::label::without_pictures;
use super::words;

/// What a drawing's boxes claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// The services of the platform.
    Platform,
    /// The parts of one service.
    Inside,
    /// A process, a tool chain, a list of features: nothing about running services.
    Process,
}

/// The title of a drawing and what it is about.
#[derive(Debug, Clone)]
pub(super) struct Topic {
    pub(super) title: String,
    pub(super) subject: Subject,
    /// Whether the title says that it draws a system, whatever is said of it.
    pub(super) is_system: bool,
    /// The service whose parts, endpoints or variables are drawn.
    pub(super) service: Option<String>,
}

impl Topic {
    /// Whether the title is about a way that data goes, which programs may stand on: no delivery of
    /// builds.
    pub(super) fn is_of_data_on_its_way(&self) -> bool {
        let title = self.title.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| contains_word(&title, word));
        has(&["pipeline", "workflow"])
            && !has(&[
                "ci", "cd", "deploy", "release", "build", "test", "develop", "git",
            ])
    }
}

const PROCESS: &[&str] = &[
    "pipeline",
    "ci/cd",
    "ci-cd",
    "workflow",
    "branching",
    "directory",
    "folder",
    "helm",
    "terraform",
    "ansible",
    "technology stack",
    "tech stack",
    "pattern",
    "strategies",
    "compliance",
    "deployment flow",
    "deployment command",
    "kubernetes",
    "multi-cloud",
    "rollback",
    "environment-specific",
    "environment configuration",
    "roadmap",
    "timeline",
    "state machine",
    "auto-scaling",
    "github actions",
    "defense in depth",
    "monitoring and observability",
    "performance architecture",
    "class diagram",
];

/// Words that tell of a process, unless the title says that it draws a system.
const PROCESS_BY_ITSELF: &[&str] = &[
    "bot",
    "schedule",
    "dashboard",
    "principle",
    "infrastructure",
    "automation",
    "performance",
    "metrics",
    "maintenance",
    "release",
];

/// Words of titles over drawings of systems.
const SYSTEM: &[&str] = &[
    "architecture",
    "overview",
    "topology",
    "system",
    "container",
    "services",
    "stack",
];

const INSIDE: &[&str] = &[
    "features",
    "endpoints",
    "environment variables",
    "internal",
    "modules",
    "internals",
    "interna ",
    "interno ",
    "interne ",
    "内部",
    "frontend architecture",
    "component architecture",
    "domain model",
    "sharding",
    "cqrs",
];

/// What stands above a drawing that begins at a line.
pub(super) fn topic(to: &Collector<'_>, line: usize) -> Topic {
    let title = plain_title(&title(to, line));
    let lower = format!("{} ", title.to_lowercase());
    let has = |words: &[&str]| words.iter().any(|word| contains_word(&lower, word));
    let above = to.headings_above(line);
    let patterns = above.iter().any(|it| it.to_lowercase().contains("pattern"));
    let is_data = |text: &&str| {
        let text = text.to_lowercase();
        ["data", "etl", "lakehouse", "streaming"]
            .iter()
            .any(|word| contains_word(&text, word))
    };
    let data = lower.contains("data flow")
        || lower.contains("data pipeline")
        || lower.trim() == "pipeline" && above.iter().any(is_data);
    let service = service(&title);
    let known = service.as_deref().is_some_and(|name| to.is_known(name));
    // `Infrastructure` alone is the servers that the programs need.
    let is_infrastructure = lower.trim() == "infrastructure";
    let is_process = has(PROCESS) || has(PROCESS_BY_ITSELF) && !has(SYSTEM) && !is_infrastructure;
    let subject = if lower.contains("docker") || lower.contains("compose") {
        Subject::Platform
    } else if patterns || backup(to, line) || is_process && !data {
        Subject::Process
    } else if has(INSIDE) || has(&["layers"]) && !has(&["system"]) || known || inside_title(&lower)
    {
        Subject::Inside
    } else {
        Subject::Platform
    };
    Topic {
        is_system: has(&["architecture", "topology"]) && !has(&["pipeline", "ci/cd", "workflow"]),
        title,
        subject,
        service,
    }
}

/// Whether a text has a word that begins with another one: `robot` has no `bot`.
fn contains_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        text[..at]
            .chars()
            .next_back()
            .is_none_or(|before| !before.is_alphanumeric())
    })
}

/// A title without its number and pictures: `🔄 2.1. Request Flow`.
fn plain_title(title: &str) -> String {
    let title = without_pictures(title);
    let digits = title.trim_start_matches(|it: char| it.is_ascii_digit() || it == '.');
    match digits.strip_prefix([' ', ')']) {
        Some(rest) if digits.len() < title.len() => rest.trim_start().to_owned(),
        _ => title,
    }
}

/// `2. API Gateway Architecture (Node.js)` is about one service.
fn inside_title(lower: &str) -> bool {
    let Some(end) = lower.find("architecture") else {
        return false;
    };
    let before = lower[..end].trim();
    [
        "gateway",
        "service",
        "frontend",
        "backend",
        "worker",
        "microservice internal",
    ]
    .iter()
    .any(|word| before.ends_with(word))
}

/// The heading above, or the line above where the document has no headings.
fn title(to: &Collector<'_>, line: usize) -> String {
    let fenced = line.checked_sub(1).is_some_and(|it| {
        let above = to.lines[it].text.trim_start();
        above.starts_with("```") || above.starts_with("~~~")
    });
    if let Some(heading) = to.heading_at(line)
        && (fenced || heading_is_near(to, line))
    {
        return heading;
    }
    let above = to.lines[..line.min(to.lines.len())]
        .iter()
        .rev()
        .take(6)
        .map(|it| it.text.trim())
        .find(|it| {
            !it.is_empty()
                && !it.starts_with("```")
                && !it.starts_with("%%")
                && !it.starts_with("~~~")
        });
    above
        .filter(|it| it.len() < 100 && *it != PLACEHOLDER)
        .unwrap_or("")
        .to_owned()
}

/// Whether the line right above a drawing says that it draws a backup: `Backup Strategy:`.
fn backup(to: &Collector<'_>, line: usize) -> bool {
    let above = to.lines[..line]
        .iter()
        .rev()
        .take(5)
        .map(|it| it.text.trim());
    above
        .filter(|it| !it.is_empty() && !it.starts_with("```") && !it.starts_with("~~~"))
        .take(1)
        .any(|it| it.trim_end_matches('*').ends_with(':') && it.to_lowercase().contains("backup"))
}

/// Whether nothing but blank lines stands between a line and the heading above it.
fn heading_is_near(to: &Collector<'_>, line: usize) -> bool {
    let above = to.lines[..line].iter().rev().take(6);
    above
        .map(|it| it.text.trim())
        .find(|it| !it.is_empty() && !it.starts_with("%%"))
        .is_some_and(is_heading)
}

/// The service that a title names before a word such as `Architecture`.
fn service(title: &str) -> Option<String> {
    const ENDS: [&str; 8] = [
        " api endpoints",
        " endpoints",
        " environment variables",
        " configuration",
        " architecture",
        " features",
        " internals",
        " api",
    ];
    let lower = title.to_lowercase();
    let end = ENDS.iter().find_map(|end| lower.find(end))?;
    let name = title.get(..end)?.trim();
    let name =
        name.trim_start_matches(|it: char| it.is_ascii_digit() || matches!(it, '.' | ')' | ' '));
    let generic = [
        "system",
        "high-level",
        "microservices",
        "overall",
        "application",
        "environment",
    ];
    let lower = name.to_lowercase();
    let named = !words::canonical(name).is_empty()
        && !generic.contains(&lower.as_str())
        && !lower.ends_with("infrastructure");
    named.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    fn components(heading: &str) -> usize {
        let text = format!(
            "# A\n\n## {heading}\n\n```\n┌──────────┐  ┌──────────┐\n│ registry │  │ RabbitMQ │\n│  :8761   │  │  :15672  │\n└──────────┘  └──────────┘\n```\n"
        );
        crate::read("a.md", text.as_bytes()).facts.components.len()
    }

    #[test]
    fn infrastructure_alone_is_what_programs_need() {
        assert_eq!(components("Infrastructure"), 2);
        assert_eq!(components("Infrastructure Automation"), 0);
    }
}
