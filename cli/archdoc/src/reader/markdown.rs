//! Headings, links, checkboxes, metadata, waivers, aliases and regions.

use std::collections::HashMap;

use devkit_diagnostic::{Diagnostic, Span};

use super::block::{Block, BlockKind};
use super::collector::{Collector, MAX_FACTS};
use super::html;
use super::references::Uses;
use super::text::without_markup;
use crate::edit::{RegionError, regions};
use crate::facts::{Alias, CheckItem, Dated, Environment, Heading, Link, Region, Waiver};

pub(super) fn read(blocks: &[Block], to: &mut Collector<'_>) {
    headings(blocks, to);
    let uses = Uses::of(blocks, to);
    for block in blocks {
        match block.kind {
            BlockKind::FrontMatter => {
                for line in block.first..block.end {
                    metadata(line, to);
                }
            }
            BlockKind::Prose => {
                for line in block.first..block.end {
                    metadata(line, to);
                    checkbox(line, to);
                    links(line, to);
                    reference(line, &uses, to);
                    comment(line, to);
                }
            }
            _ => {}
        }
    }
    read_regions(to);
}

fn headings(blocks: &[Block], to: &mut Collector<'_>) {
    let mut slugs: HashMap<String, usize> = HashMap::new();
    let prose = blocks.iter().filter(|it| it.kind == BlockKind::Prose);
    for block in prose {
        for line in block.first..block.end {
            let Some((level, span)) = heading(to, block, line) else {
                continue;
            };
            let text = without_markup(to.source.text().get(span.clone()).unwrap_or(""));
            let slug = unique(&mut slugs, slug(&text));
            let origin = to.origin(line, span);
            to.heading(Heading {
                level,
                text,
                slug,
                origin,
            });
        }
    }
}

/// The level of a heading with `#` or with a line below, and the bytes of its text.
fn heading(to: &Collector<'_>, block: &Block, index: usize) -> Option<(u8, Span)> {
    let line = to.lines[index];
    let indent = line.text.len() - line.text.trim_start().len();
    let trimmed = line.text.trim();
    let marks = trimmed.chars().take_while(|it| *it == '#').count();
    if indent <= 3 && (1..=6).contains(&marks) && trimmed[marks..].starts_with([' ', '\t']) {
        let rest = trimmed[marks..].trim_start();
        let text = rest.trim_end_matches('#').trim_end();
        let start = line.start + indent + trimmed.len() - rest.len();
        return Some((u8::try_from(marks).ok()?, start..start + text.len()));
    }
    let below = (index + 1 < block.end).then(|| to.lines[index + 1].text.trim())?;
    let ruled = |mark: char| below.len() >= 3 && below.chars().all(|it| it == mark);
    let plain = !trimmed.is_empty() && !trimmed.starts_with(['|', '-', '*', '>', '+', '<']);
    if plain && indent <= 3 && (ruled('=') || ruled('-')) {
        let start = line.start + indent;
        let level = if ruled('=') { 1 } else { 2 };
        return Some((level, start..start + trimmed.len()));
    }
    None
}

/// The anchor that GitHub gives to a heading.
fn slug(text: &str) -> String {
    text.chars()
        .filter_map(|character| match character {
            ' ' => Some('-'),
            '-' | '_' => Some(character),
            _ if character.is_alphanumeric() => Some(character),
            _ => None,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

fn unique(slugs: &mut HashMap<String, usize>, slug: String) -> String {
    let count = slugs.entry(slug.clone()).or_insert(0);
    *count += 1;
    if *count == 1 {
        return slug;
    }
    let numbered = format!("{slug}-{}", *count - 1);
    slugs.insert(numbered.clone(), 1);
    numbered
}

fn metadata(index: usize, to: &mut Collector<'_>) {
    let line = to.lines[index];
    let trimmed = line.text.trim();
    if trimmed.len() > 200 || trimmed.starts_with('|') {
        return;
    }
    let Some(colon) = trimmed.find(':') else {
        return;
    };
    let key = trimmed[..colon].replace(['*', '_', '-', '"'], " ");
    let key = key
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase();
    let value = trimmed[colon + 1..]
        .trim_matches(|it: char| it.is_whitespace() || matches!(it, '*' | '"' | '\''));
    if value.is_empty() {
        return;
    }
    let slot = match key.as_str() {
        "last updated" | "updated" | "date" => &mut to.metadata.last_updated,
        "last validated" | "validated" => &mut to.metadata.last_validated,
        "next review" | "review by" => &mut to.metadata.next_review,
        "document version" | "version" => &mut to.metadata.version,
        "status" => &mut to.metadata.status,
        _ => return,
    };
    if slot.is_some() {
        return;
    }
    let lead = line.text.len() - line.text.trim_start().len();
    let within = trimmed[colon + 1..].find(value).unwrap_or(0);
    let start = line.start + lead + colon + 1 + within;
    let value = value.to_owned();
    let origin = to.origin(index, start..start + value.len());
    let dated = Some(Dated { value, origin });
    match key.as_str() {
        "last updated" | "updated" | "date" => to.metadata.last_updated = dated,
        "last validated" | "validated" => to.metadata.last_validated = dated,
        "next review" | "review by" => to.metadata.next_review = dated,
        "document version" | "version" => to.metadata.version = dated,
        _ => to.metadata.status = dated,
    }
}

fn checkbox(index: usize, to: &mut Collector<'_>) {
    let line = to.lines[index];
    let trimmed = line.text.trim_start_matches([' ', '\t', '>']);
    let number = trimmed.trim_start_matches(|it: char| it.is_ascii_digit());
    let numbered = number.len() < trimmed.len();
    let mark = if numbered {
        &['.', ')'][..]
    } else {
        &['-', '*', '+'][..]
    };
    let Some(rest) = number
        .strip_prefix(mark)
        .and_then(|rest| rest.trim_start().strip_prefix('['))
    else {
        return;
    };
    let mut characters = rest.chars();
    let (Some(mark), Some(']')) = (characters.next(), characters.next()) else {
        return;
    };
    if !matches!(mark, ' ' | 'x' | 'X') {
        return;
    }
    let start = line.start + line.text.len() - rest.len();
    let item = CheckItem {
        text: without_markup(&rest[2..]),
        checked: mark != ' ',
        origin: to.origin(index, start..start + 1),
    };
    to.check(item);
}

fn links(index: usize, to: &mut Collector<'_>) {
    let line = to.lines[index];
    let text = line.text;
    let mut at = 0;
    // How many backticks stand before a byte: an odd number opens code.
    let (mut ticks, mut counted) = (0, 0);
    while let Some(length) = text[at..].find("](") {
        let close = at + length;
        let target_start = close + 2;
        at = target_start;
        let Some(open) = opening(&text[..close]) else {
            continue;
        };
        if open > counted {
            ticks += text[counted..open].matches('`').count();
            counted = open;
        }
        if ticks % 2 == 1 {
            continue;
        }
        let Some(length) = target_length(&text[target_start..]) else {
            continue;
        };
        let raw = &text[target_start..target_start + length];
        let target = raw.split_whitespace().next().unwrap_or("");
        let lead = raw.len() - raw.trim_start().len();
        let bare = target.trim_matches(|it| matches!(it, '<' | '>'));
        let start = line.start + target_start + lead + usize::from(target.starts_with('<'));
        let found = Link {
            text: without_markup(&text[open + 1..close]),
            target: bare.to_owned(),
            image: text[..open].ends_with('!'),
            origin: to.origin(index, start..start + bare.len()),
        };
        to.link(found);
        at = target_start + length;
    }
    autolinks(index, to);
    html::links(index, to);
}

/// Addresses between angle brackets.
fn autolinks(index: usize, to: &mut Collector<'_>) {
    let line = to.lines[index];
    let mut at = 0;
    while let Some(length) = line.text[at..].find("<http") {
        let start = at + length + 1;
        let Some(end) = line.text[start..].find('>') else {
            break;
        };
        let target = &line.text[start..start + end];
        let scheme = target.starts_with("http://") || target.starts_with("https://");
        // `[text](<target>)` is a link already.
        let inside = line.text[..start - 1].ends_with("](");
        if scheme && !inside && !target.contains([' ', '"', '<']) {
            let found = Link {
                text: target.to_owned(),
                target: target.to_owned(),
                image: false,
                origin: to.origin(index, line.start + start..line.start + start + end),
            };
            to.link(found);
        }
        at = start + end;
    }
}

/// The bracket that opens the text of a link, brackets inside paired.
pub(super) fn opening(text: &str) -> Option<usize> {
    let mut depth = 1;
    for (at, character) in text.char_indices().rev().take(1000) {
        match character {
            ']' => depth += 1,
            '[' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

fn target_length(text: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, character) in text.char_indices().take(4000) {
        match character {
            '(' => depth += 1,
            ')' if depth == 0 => return Some(at),
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// A line such as `[name]: target`; its text is what the page shows where it uses the name.
fn reference(index: usize, uses: &Uses, to: &mut Collector<'_>) {
    let line = to.lines[index];
    let trimmed = line.text.trim_start();
    let Some((text, rest)) = trimmed.strip_prefix('[').and_then(|it| it.split_once("]:")) else {
        return;
    };
    let target = rest.split_whitespace().next().unwrap_or("");
    if target.is_empty() || text.starts_with('^') {
        return;
    }
    let lead = rest.len() - rest.trim_start().len();
    let start = line.start + line.text.len() - rest.len() + lead;
    let shown = uses.of_name(text);
    let found = Link {
        text: shown.map_or_else(|| without_markup(text), |it| it.text.clone()),
        target: target.to_owned(),
        image: shown.is_some_and(|it| it.image),
        origin: to.origin(index, start..start + target.len()),
    };
    to.link(found);
}

/// Waivers and aliases.
fn comment(index: usize, to: &mut Collector<'_>) {
    let line = to.lines[index].text;
    let Some(from) = line.find("<!-- devkit:") else {
        return;
    };
    let rest = &line[from + "<!-- devkit:".len()..];
    let Some(end) = rest.find("-->") else {
        return;
    };
    if to.waivers.len().max(to.aliases.len()) >= MAX_FACTS {
        to.too_many("comments for devkit");
        return;
    }
    let (word, rest) = rest[..end]
        .trim()
        .split_once(' ')
        .unwrap_or((rest[..end].trim(), ""));
    match word {
        "ignore" => waiver(index, rest.trim(), to),
        "alias" => match rest.split_once('=') {
            Some((name, service)) if !name.trim().is_empty() && !service.trim().is_empty() => {
                to.aliases.push(Alias {
                    name: name.trim().trim_matches('"').to_owned(),
                    service: service.trim().trim_matches('"').to_owned(),
                    line: index + 1,
                });
            }
            _ => unread(
                index,
                "an alias is written <!-- devkit:alias NAME = service -->",
                to,
            ),
        },
        _ => {}
    }
}

fn waiver(index: usize, text: &str, to: &mut Collector<'_>) {
    let (rule, rest) = text.split_once(' ').unwrap_or((text, ""));
    if rule.is_empty() {
        unread(
            index,
            "name the rule: <!-- devkit:ignore DK102 \"Name\" reason -->",
            to,
        );
        return;
    }
    let rest = rest.trim();
    let (subject, reason) = match rest.strip_prefix('"').and_then(|it| it.split_once('"')) {
        Some((subject, reason)) => (Some(subject.to_owned()), reason.trim()),
        None => (None, rest),
    };
    let mut origin = to.line_origin(index);
    origin.environment = Environment::Any;
    to.waivers.push(Waiver {
        rule: rule.to_owned(),
        subject,
        reason: (!reason.is_empty()).then(|| reason.to_owned()),
        origin,
    });
}

fn unread(index: usize, help: &str, to: &mut Collector<'_>) {
    let span = to.line_origin(index).span;
    let diagnostic = Diagnostic::warning("This comment for devkit cannot be read")
        .at(&to.source, span, "")
        .with_help(help);
    to.diagnostics.push(diagnostic);
}

fn read_regions(to: &mut Collector<'_>) {
    let source = to.source.clone();
    for region in regions(source.text()).into_iter().take(MAX_FACTS) {
        match region {
            Ok(region) => {
                let origin = to.line_origin(region.line - 1);
                to.regions.push(Region {
                    name: region.name,
                    body: region.body,
                    origin,
                });
            }
            Err(error) => {
                let line = match &error {
                    RegionError::Unclosed { line, .. } => *line,
                    RegionError::Doubled { second, .. } => *second,
                    RegionError::Missing { .. } => continue,
                };
                let span = to.line_origin(line - 1).span;
                let diagnostic = Diagnostic::warning(capitalised(&error.to_string()))
                    .at(&source, span, "")
                    .with_help("end it with <!-- devkit:end NAME -->");
                to.diagnostics.push(diagnostic);
            }
        }
    }
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|it| it.to_uppercase().to_string());
    first.unwrap_or_default() + characters.as_str()
}
