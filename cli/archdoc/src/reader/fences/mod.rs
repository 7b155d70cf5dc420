//! Fenced blocks of code that state facts: tables, variables, services, endpoints.

mod compose;
mod dbml;
mod endpoints;
mod environment;
mod openapi;
mod sql;
mod yaml;

pub(super) use environment::assignment;

use super::block::{Block, BlockKind, is_plain_text};
use super::collector::Collector;

/// How sure a fact is that stands in an excerpt of a file: below what findings are made of, for
/// an excerpt often shows how something could be written.
const EXCERPT: f64 = 0.45;

/// Reads the fenced blocks of a document by their languages.
pub(super) fn read(blocks: &[Block], to: &mut Collector<'_>) {
    for block in blocks {
        let BlockKind::Fence(language) = &block.kind else {
            continue;
        };
        let (first, end) = (block.first, block.end);
        match language.as_str() {
            "sql" | "postgresql" | "postgres" | "pgsql" | "psql" | "plpgsql" | "mysql" | "tsql"
            | "sqlite" | "ddl" => sql::read(first, end, to),
            "dbml" => dbml::read(first, end, to),
            "env" | "dotenv" | "properties" | ".env" => environment::read(first, end, to),
            "sh" | "bash" | "shell" | "zsh" | "console" | "ini" => {
                environment::read_shell(first, end, to);
            }
            "dockerfile" | "docker" => environment::read_dockerfile(first, end, to),
            "yaml" | "yml" | "docker-compose" | "compose" => yaml(first, end, to),
            "http" | "rest" => endpoints::read(first, end, to),
            language if is_plain_text(language) => plain(first, end, to),
            _ => {}
        }
    }
}

fn yaml(first: usize, end: usize, to: &mut Collector<'_>) {
    let tree = yaml::read(to.lines, first, end);
    compose::read(&tree, to);
    openapi::read(&tree, to);
}

/// A block without a language is known by what stands in it.
fn plain(first: usize, end: usize, to: &mut Collector<'_>) {
    let has = |words: &str| {
        to.lines[first..end]
            .iter()
            .any(|line| line.text.trim_start().to_lowercase().starts_with(words))
    };
    if has("create table") {
        sql::read(first, end, to);
    } else if environment::is_all_variables(&to.lines[first..end]) {
        environment::read(first, end, to);
    } else if has("services:") && has("image:") || has("openapi:") {
        yaml(first, end, to);
    } else {
        endpoints::read(first, end, to);
    }
}
