//! Forks and extensions that are drawn where the plain program runs.

use devkit_archdoc::{Component, normalised};

use crate::context::{Context, Page};
use crate::matching::product_of_image;
use crate::report::{Finding, Outcome};
use crate::rule;

/// A program that is taken for another one, since it speaks as that one does.
struct Variant {
    /// Its names, in the form in which names are compared; the first one is in those of its images.
    names: &'static [&'static str],
    /// The program that it is made of.
    of: &'static str,
}

static VARIANTS: &[Variant] = &[
    Variant {
        names: &["timescale", "timescaledb"],
        of: "postgresql",
    },
    Variant {
        names: &["postgis"],
        of: "postgresql",
    },
    Variant {
        names: &["pgvector"],
        of: "postgresql",
    },
    Variant {
        names: &["percona", "perconaserver", "perconamysql"],
        of: "mysql",
    },
    Variant {
        names: &["openresty"],
        of: "nginx",
    },
];

/// Asks about drawn variants of which the compose files run the plain program.
pub(super) fn check(context: &Context<'_>, outcome: &mut Outcome) {
    for page in &context.pages {
        for component in &page.document.facts.components {
            if let Some(finding) = question(context, page, component) {
                outcome.report(finding);
            }
        }
    }
}

fn question(context: &Context<'_>, page: &Page<'_>, component: &Component) -> Option<Finding> {
    let mut names = std::iter::once(&component.name).chain(&component.technology);
    let (written, variant) = names.find_map(|name| Some((name, variant(name)?)))?;
    let key = page.names.one(&component.name)?;
    let service = context.service(&key)?;
    let image = service
        .image
        .as_deref()
        .filter(|_| service.build.is_none())?;
    let plain = product_of_image(image).is_some_and(|product| product.id == variant.of)
        && is_official(image)
        && !normalised(image).contains(variant.names[0]);
    if !plain || page.document.alias(&component.name).is_some() {
        return None;
    }
    let name = &component.name;
    let shown = if written == name {
        format!("`{name}`")
    } else {
        format!("`{name}` ({written})")
    };
    Some(
        Finding::new(
            &rule::UNSURE_NAME,
            name.as_str(),
            format!("{shown} may be service `{key}`, which runs plain `{image}`"),
        )
        .in_document(component.origin.location())
        .in_compose(context.place(&format!("services.{key}.image")))
        .with_help(format!(
            "If it is, add `<!-- devkit:alias {name} = {key} -->` to the document, or correct the image"
        )),
    )
}

/// The variant that a name is, with or without a version.
fn variant(name: &str) -> Option<&'static Variant> {
    let name = normalised(name);
    let name = name.trim_end_matches(|it: char| it.is_ascii_digit());
    VARIANTS
        .iter()
        .find(|variant| variant.names.contains(&name))
}

/// Whether an image is the plain one of its program: those of others hold more than they say.
fn is_official(image: &str) -> bool {
    let image = image.strip_prefix("docker.io/").unwrap_or(image);
    let image = image.strip_prefix("library/").unwrap_or(image);
    let name = image.split(['@', ':']).next().unwrap_or(image);
    !name.contains('/') || name.starts_with("bitnami/")
}
