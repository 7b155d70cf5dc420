//! Alternatives and options around steps, and which of them may have been taken.

use std::collections::{BTreeMap, BTreeSet};

/// How the arms of a group stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    /// One of the arms is taken, or none of those that are drawn.
    Choice,
    /// All arms are taken, in any order.
    Parallel,
}

/// One arm of a group that a step stands in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Arm {
    /// How the arms stand to each other.
    pub(super) kind: Group,
    /// The group's name within its flow.
    pub(super) group: String,
    /// The arm's name within its group.
    pub(super) name: String,
    /// What is written at it.
    pub(super) title: String,
}

/// The arm that is taken in each group; none where all are passed by.
pub(super) type Choice = BTreeMap<String, Option<String>>;

/// The group of a step that is said to be optional.
const OPTIONAL: &str = "optional";
/// More alternatives than these are not tried against each other.
const MOST_CHOICES: usize = 1024;

impl Arm {
    /// Reads what the reader of the document writes: `alt 2.1: Order exists`, `par 1.2: `, `alt a`.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (head, title) = text.split_once(':').unwrap_or((text, ""));
        let (word, number) = head.split_once(' ').unwrap_or((head, ""));
        let (group, name) = number.split_once('.').unwrap_or(("", number));
        let kind = match word {
            "par" => Group::Parallel,
            "alt" | "opt" | "loop" | "break" => Group::Choice,
            // What is critical always happens; its options are what happens when it fails.
            "critical" if name != "1" => Group::Choice,
            _ => return None,
        };
        Some(Self {
            kind,
            group: format!("{word} {group}"),
            name: name.to_owned(),
            title: title.trim().to_owned(),
        })
    }

    /// Whether the document says itself that what stands here need not happen.
    pub(super) fn is_optional(&self) -> bool {
        self.group.starts_with(OPTIONAL)
    }

    /// The arm of a step that is said to be optional.
    pub(super) fn optional(index: usize, title: &str) -> Self {
        Self::alone(format!("{OPTIONAL} {index}"), title)
    }

    /// An arm of its own, of a group with no other.
    pub(super) fn alone(group: String, title: &str) -> Self {
        Self {
            kind: Group::Choice,
            group,
            name: "1".to_owned(),
            title: title.to_owned(),
        }
    }
}

/// Whether steps in these arms are taken by a choice.
pub(super) fn is_taken(arms: &[Arm], choice: &Choice) -> bool {
    arms.iter()
        .filter(|arm| arm.kind == Group::Choice)
        .all(|arm| choice.get(&arm.group).and_then(Option::as_ref) == Some(&arm.name))
}

/// Whether the document leaves the order of two steps open, by their arms.
pub(super) fn is_unordered(left: &[Arm], right: &[Arm]) -> bool {
    left.iter().any(|left| {
        left.kind == Group::Parallel
            && right
                .iter()
                .any(|right| right.group == left.group && right.name != left.name)
    })
}

/// All ways through the alternatives that steps stand in.
pub(super) fn choices<'a>(steps: impl Iterator<Item = &'a [Arm]>) -> Vec<Choice> {
    let mut groups: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for arm in steps.flatten().filter(|arm| arm.kind == Group::Choice) {
        groups.entry(&arm.group).or_default().insert(&arm.name);
    }
    let mut choices = vec![Choice::new()];
    for (group, arms) in groups {
        if choices.len() * (arms.len() + 1) > MOST_CHOICES {
            break;
        }
        let options = std::iter::once(None).chain(arms.iter().map(|arm| Some((*arm).to_owned())));
        choices = options
            .flat_map(|option| {
                choices.iter().map(move |choice| {
                    let mut choice = choice.clone();
                    choice.insert(group.to_owned(), option.clone());
                    choice
                })
            })
            .collect();
    }
    choices
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arms_are_read_as_the_reader_writes_them() {
        let arm = Arm::read("alt 2.1: Order exists").unwrap();
        assert_eq!((arm.group.as_str(), arm.name.as_str()), ("alt 2", "1"));
        assert_eq!(
            (arm.kind, arm.title.as_str()),
            (Group::Choice, "Order exists")
        );
        assert_eq!(Arm::read("par 1.2: ").unwrap().kind, Group::Parallel);
        assert_eq!(Arm::read("alt b").unwrap().name, "b");
        assert_eq!(Arm::read("critical 1.1: Connect"), None);
    }

    #[test]
    fn each_group_takes_one_arm_or_none() {
        let (hit, miss) = (Arm::read("alt 1.1: hit"), Arm::read("alt 1.2: miss"));
        let (hit, miss) = ([hit.unwrap()], [miss.unwrap()]);
        let choices = choices([hit.as_slice(), miss.as_slice()].into_iter());
        assert_eq!(choices.len(), 3);
        let taken = |arms: &[Arm]| choices.iter().filter(|it| is_taken(arms, it)).count();
        assert_eq!((taken(&hit), taken(&miss), taken(&[])), (1, 1, 3));
    }

    #[test]
    fn parallel_arms_have_no_order_between_them() {
        let (left, right) = (Arm::read("par 1.1: "), Arm::read("par 1.2: "));
        let (left, right) = ([left.unwrap()], [right.unwrap()]);
        assert!(is_unordered(&left, &right));
        assert!(!is_unordered(&left, &left));
        assert_eq!(choices([left.as_slice()].into_iter()), [Choice::new()]);
    }
}
