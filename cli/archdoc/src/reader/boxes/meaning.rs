//! What each box is: a group, a title, a node, a list.

use super::canvas::Sheet;
use crate::facts::ComponentKind;
use crate::reader::collector::Collector;
use crate::reader::label::{Label, without_pictures};
use crate::reader::subject::Subject;
use crate::reader::words;

/// What a box is.
#[derive(Debug, Clone)]
pub(super) enum Meaning {
    /// A frame around other boxes.
    Group(Label),
    /// The title of the boxes below it.
    Title(String),
    /// A box with one name.
    Node(Label),
    /// A ruled table, or an empty box.
    Nothing,
}

impl Meaning {
    pub(super) fn label(&self) -> Option<&Label> {
        match self {
            Self::Group(label) | Self::Node(label) if !label.name.is_empty() => Some(label),
            _ => None,
        }
    }
}

/// The meaning of every box; marks the words that are titles of groups as used.
pub(super) fn of(sheet: &mut Sheet) -> Vec<Meaning> {
    let mut meanings: Vec<Meaning> = (0..sheet.frames.len())
        .map(|frame| meaning(sheet, frame))
        .collect();
    for frame in 0..meanings.len() {
        if let Some((child, label)) = with_items(sheet, &meanings, frame) {
            meanings[frame] = Meaning::Node(label);
            meanings[child] = Meaning::Nothing;
        }
    }
    meanings
}

/// A frame around one box that holds a list and nothing else is a part with this list: the box, and
/// the part's label.
fn with_items(sheet: &Sheet, meanings: &[Meaning], frame: usize) -> Option<(usize, Label)> {
    let Meaning::Group(label) = &meanings[frame] else {
        return None;
    };
    let [child] = sheet.frames[frame].children.as_slice() else {
        return None;
    };
    let lines = sheet.lines(*child);
    let is_item = |text: &str| text.trim_start().starts_with(['•', '·', '‣', '▪']);
    let is_list = sheet.is_leaf(*child)
        && lines.len() > 1
        && lines.iter().all(|(_, text)| is_item(text))
        && !label.name.is_empty();
    is_list.then(|| {
        let mut label = label.clone();
        label.notes.extend(lines.into_iter().map(|(_, text)| text));
        (*child, label)
    })
}

fn meaning(sheet: &mut Sheet, frame: usize) -> Meaning {
    if sheet.frames[frame].table {
        return Meaning::Nothing;
    }
    if !sheet.is_leaf(frame) {
        return group(sheet, frame);
    }
    let lines: Vec<String> = sheet
        .lines(frame)
        .into_iter()
        .map(|(_, text)| text)
        .collect();
    if sheet.frames[frame].is_title {
        return Meaning::Title(lines.first().cloned().unwrap_or_default());
    }
    let mut lines = joined(&lines);
    if let Some(title) = &sheet.frames[frame].title {
        lines.insert(0, title.clone());
    }
    if lines.is_empty() {
        return Meaning::Nothing;
    }
    Meaning::Node(Label::of(&lines))
}

fn group(sheet: &mut Sheet, frame: usize) -> Meaning {
    let mut lines: Vec<String> = sheet.frames[frame].title.iter().cloned().collect();
    let first_child = sheet.frames[frame]
        .children
        .iter()
        .map(|child| sheet.frames[*child].top)
        .chain(sheet.frames[frame].brackets_from)
        .min()
        .unwrap_or(0);
    for run in &mut sheet.runs {
        if run.frame == Some(frame) && run.row < first_child {
            // Two columns of words above the boxes are captions of columns.
            if lines.is_empty() || !run.text.is_empty() {
                lines.push(run.text.clone());
                run.used = true;
            }
        }
    }
    if lines.is_empty() {
        lines.extend(caption(sheet, frame));
    }
    Meaning::Group(Label::of(&lines))
}

/// The words right above a frame that has no title: they are as good as one.
fn caption(sheet: &mut Sheet, frame: usize) -> Option<String> {
    let (top, left, right) = {
        let frame = &sheet.frames[frame];
        (frame.top, frame.left, frame.right)
    };
    let parent = sheet.frames[frame].parent;
    let above = sheet.runs.iter_mut().find(|run| {
        run.row + 1 == top && run.frame == parent && run.from + 2 >= left && run.end <= right + 2
    });
    let run = above.filter(|run| words::is_tier(&run.text) && !run.used)?;
    run.used = true;
    Some(run.text.clone())
}

/// Words that belong to a name when they stand alone on the line below it.
const TAILS: [&str; 24] = [
    "service",
    "services",
    "server",
    "servers",
    "cache",
    "balancer",
    "load balancer",
    "cluster",
    "gateway",
    "cdn",
    "dns",
    "ui",
    "map",
    "db",
    "machine",
    "database",
    "queue",
    "bucket",
    "worker",
    "workers",
    "api",
    "broker",
    "manager",
    "app",
];

/// First words of names that say who makes a program, and not which one it is.
const VENDORS: [&str; 8] = [
    "apache",
    "spring",
    "amazon",
    "azure",
    "google",
    "microsoft",
    "oracle",
    "hashicorp",
];

/// Whether a line is the beginning of a name that ends on the next: `Service` and `Serviço de`.
fn goes_on(line: &str) -> bool {
    let lower = line.to_lowercase();
    let ends_open = lower
        .split_whitespace()
        .next_back()
        .is_some_and(|word| BEFORE_NAMES.contains(&word) && word.len() < lower.len());
    ends_open || VENDORS.contains(&lower.as_str()) || SERVICES.contains(&lower.as_str())
}

/// Words for a service that stand before its name.
const SERVICES: [&str; 8] = [
    "service",
    "servicio",
    "serviço",
    "servico",
    "servizio",
    "сервис",
    "servis",
    "layanan",
];

/// Words after which a name goes on.
const BEFORE_NAMES: [&str; 12] = [
    "de", "da", "do", "des", "du", "di", "del", "of", "von", "für", "para", "pour",
];

/// Lines with names put together that stand on two lines.
pub(super) fn joined(lines: &[String]) -> Vec<String> {
    let lines: Vec<String> = lines
        .iter()
        .map(|line| without_pictures(line))
        .filter(|it| !it.is_empty())
        .collect();
    let lines = without_glued_aside(lines);
    let (Some(first), Some(second)) = (lines.first(), lines.get(1)) else {
        return lines;
    };
    let lower = second.to_lowercase();
    let broken = first
        .strip_suffix('-')
        .filter(|stem| !stem.is_empty() && !stem.contains(' '))
        .filter(|_| second.starts_with(char::is_alphabetic));
    let path = second.starts_with('.') && second.len() > 1 && first.contains(['.', '/']);
    let stem = lower.trim_end_matches(|it: char| it.is_ascii_digit() || it == ' ');
    let already = first.to_lowercase().ends_with(stem);
    let joined = if let Some(stem) = broken {
        // `Signatur-` and `prüfung` are one word, `order-` and `service` a key.
        let is_one_word =
            stem.starts_with(char::is_uppercase) && second.starts_with(char::is_lowercase);
        let before = if is_one_word { stem } else { first };
        format!("{before}{second}")
    } else if path || is_a_broken_name(first, second) {
        format!("{first}{second}")
    } else if !already
        && (TAILS.contains(&lower.as_str())
            || (TAILS.contains(&stem) || stem == "processor") && stem != lower)
        && !first.ends_with(')')
        || goes_on(first) && second.starts_with(char::is_alphabetic)
    {
        format!("{first} {second}")
    } else {
        return lines;
    };
    std::iter::once(joined)
        .chain(lines.iter().skip(2).cloned())
        .collect()
}

/// Whether two lines are the halves of the name of one program: `Postgre` and `SQL`.
fn is_a_broken_name(first: &str, second: &str) -> bool {
    let is_half = |line: &str| line.chars().all(char::is_alphanumeric);
    is_half(first)
        && is_half(second)
        && !words::names_software(first)
        && words::is_plain_software(&format!("{first}{second}"))
}

/// The words of a line and the port or the one word that stands behind them, each written as it
/// would be on a line of its own.
fn tail_and_aside(line: &str) -> Option<(String, String)> {
    let is_port = |it: &str| !it.is_empty() && it.chars().all(|it| it.is_ascii_digit());
    if let Some((tail, port)) = line.split_once(" :") {
        return is_port(port).then(|| (tail.to_owned(), format!(":{port}")));
    }
    let (tail, aside) = line.strip_suffix(')')?.split_once(" (")?;
    let aside = match aside {
        port if is_port(port) => format!(":{port}"),
        list if list.contains([',', ' ']) => return None,
        word => format!("({word})"),
    };
    Some((tail.to_owned(), aside))
}

/// Lines with what stands behind the second half of a name on a line of its own: the port of
/// `Service :8004` and `Service (3001)`, the aside of `worker (RQ)`.
fn without_glued_aside(mut lines: Vec<String>) -> Vec<String> {
    let split = lines.get(1).and_then(|second| tail_and_aside(second));
    let split = split.filter(|(tail, _)| TAILS.contains(&tail.to_lowercase().as_str()));
    if let Some((tail, aside)) = split {
        lines[1] = tail;
        lines.insert(2, aside);
    }
    lines
}

/// What a part without a telling name is by the frames around it.
fn among(groups: &[String]) -> ComponentKind {
    let groups = groups.join(" ").to_lowercase();
    if groups.contains("client") {
        ComponentKind::Client
    } else if groups.contains("external") {
        ComponentKind::External
    } else {
        ComponentKind::Service
    }
}

/// What the node of a box claims to be.
pub(super) fn kind(
    label: &Label,
    groups: &[String],
    subject: Subject,
    to: &Collector<'_>,
) -> ComponentKind {
    let named = label.kind();
    let known = to.kind_of(&label.name).filter(|it| it.is_runnable());
    let plain = named.filter(|it| !it.is_runnable());
    let lower = label.name.to_lowercase();
    if words::is_instance(&label.name) || lower.ends_with(" map") {
        return ComponentKind::Module;
    }
    if is_group_name(&lower) || label.notes.iter().any(|it| is_row_of_parts(it, named)) {
        return ComponentKind::Group;
    }
    match subject {
        Subject::Process => known
            .or(plain)
            .or(named.filter(|_| is_a_program(label)))
            .unwrap_or(ComponentKind::Activity),
        Subject::Inside => known.or(plain).unwrap_or_else(|| {
            if words::names_software(&label.name) {
                named.unwrap_or(ComponentKind::Module)
            } else {
                ComponentKind::Module
            }
        }),
        Subject::Platform => {
            named.map_or_else(|| among(groups), |kind| words::among_services(kind, groups))
        }
    }
}

/// Whether a line of a box holds several parts beside each other, and not what one program does.
fn is_row_of_parts(line: &str, named: Option<ComponentKind>) -> bool {
    let is_program =
        |part: &str| words::kind(part.trim(), None).is_some_and(ComponentKind::is_runnable);
    line.contains(" │ ")
        && (!named.is_some_and(ComponentKind::is_runnable) || line.split(" │ ").any(is_program))
}

/// Whether a box of a process is a program all the same: a server that is known by name, or one
/// that is called as keys are.
fn is_a_program(label: &Label) -> bool {
    let is_key = label.name.contains('-')
        && !label
            .name
            .contains(|it: char| it.is_whitespace() || it.is_uppercase());
    is_key
        || words::names_software(&label.name)
        || label
            .technology
            .as_deref()
            .is_some_and(words::names_software)
}

/// Whether a name is that of several things together; a `player` is no layer, and `Microservices`
/// are services.
pub(super) fn is_group_name(lower: &str) -> bool {
    let is_word = |end: &str| {
        let stem = lower.strip_suffix(end);
        stem.is_some_and(|stem| !stem.ends_with(char::is_alphabetic))
    };
    lower.starts_with("all ")
        || ["layer", "tier", "sources"].into_iter().any(is_word)
        || [
            "services",
            "interface",
            "apis",
            "nodes",
            "environment",
            "components",
            "concerns",
            "processing",
            "management",
        ]
        .iter()
        .any(|end| lower.ends_with(end))
}
