//! Any compose file in: exactly one key is added, every other byte stays, and removing it gives
//! the first bytes back.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::{ComposeFile, TopLevel};

/// Service bodies, written with an indentation of two blanks and a name to fill in.
const BODIES: &[&str] = &[
    "  NAME:\n    image: redis:8\n",
    "  # leading comment\n  # of two lines\n  NAME:\n    image: a # trailing\n",
    "  NAME: {image: a, ports: [\"80:80\"]}\n",
    "  NAME: { image: a,\n    ports: [\n      80 ]\n    }\n",
    "  NAME: &NAME\n    image: a\n    command: |\n      ##<<SERVICES>>\n      echo\n",
    "  NAME:\n    command: >-\n      folded\n\n      ##<</SERVICES>>\n    image: b\n",
    "  NAME:\n    image: a\n    command: |\n      last\n      ##<</BACKING_SERVICES>>\n",
    "  NAME:\n    image: a\n    command: |+\n      kept\n\n",
    "  NAME:\n    image: a\n    command: |2\n        two\n      one\n",
    "  NAME:\n    image: \"größe\ttab\"\n    labels:\n      é: ü\n",
    "  NAME:\n    image: a\n    command: \"one\n      ##<<SERVICES>>\n      two\"\n",
    "  NAME:\n    image: 'a'\n    # comment inside at the end\n",
    "  \"NAME\":\n    <<: *base\n    environment:\n      - A=##<<SERVICES>>\n",
    "  NAME:\n",
    "  NAME: # nothing but a comment\n    image: a\n\n    # after a gap\n    ports: []\n",
    "  NAME:\n    ports:\n    - 80:80\n    - 81:81\n  # floating comment\n",
    "  NAME: *base\n",
];

const BLOCKS: &[&str] = &[
    "  # The new one.\n  fresh:\n    <<: *base\n    image: x\n",
    "  fresh:\n    image: x\n    command: |\n      a\n\n      b\n    # end\n",
    "  fresh: {image: x}\n",
    "  fresh:\n    image: x\n    healthcheck:\n      test: [\"CMD-SHELL\", \"a \\\"$$B\\\"\"]\n",
];

const CLOSINGS: &[&str] = &["##<</NAME>>", "##</NAME>>", "##</NAME>", "##<<NAME>>"];
const TAILS: &[&str] = &["", " text after", " # more ##<<SERVICES>>", "\t"];

#[derive(Debug, Clone)]
struct Shape {
    bodies: Vec<Vec<(usize, usize)>>,
    closings: Vec<usize>,
    tails: Vec<usize>,
    indentation: usize,
    marker_indentation: usize,
    blanks_in_empty: usize,
    windows: bool,
    mark: bool,
    final_break: bool,
    volumes: usize,
    block: usize,
    target: usize,
}

fn shapes() -> impl Strategy<Value = Shape> {
    let bodies = prop::collection::vec(
        prop::collection::vec((0..BODIES.len(), 0..3_usize), 0..4),
        3,
    );
    (
        (bodies, prop::collection::vec(0..CLOSINGS.len(), 3)),
        (
            prop::collection::vec(0..TAILS.len(), 6),
            1..7_usize,
            0..7_usize,
            0..3_usize,
        ),
        (any::<bool>(), any::<bool>(), any::<bool>(), 0..5_usize),
        (0..BLOCKS.len(), 0..3_usize),
    )
        .prop_map(
            |(
                (bodies, closings),
                (tails, indentation, marker_indentation, blanks_in_empty),
                (windows, mark, final_break, volumes),
                (block, target),
            )| Shape {
                bodies,
                closings,
                tails,
                indentation,
                marker_indentation,
                blanks_in_empty,
                windows,
                mark,
                final_break,
                volumes,
                block,
                target,
            },
        )
}

const NAMES: [&str; 3] = ["SERVICES", "BACKING_SERVICES", "DEVELOPMENT_SERVICES"];

fn file(shape: &Shape) -> String {
    let mut text = String::from("x-base: &base\n  image: base\n# before\nservices:");
    let empty = shape.bodies.iter().all(Vec::is_empty);
    text.push_str(if empty { " {}\n" } else { "\n" });
    // Deeper than a block scalar's content, a marker would be content.
    let margin = " ".repeat(shape.marker_indentation.min(shape.indentation + 3));
    for (index, bodies) in shape.bodies.iter().enumerate() {
        let tail = |at: usize| TAILS[shape.tails[2 * index + at]];
        writeln!(text, "{margin}##<<{}>>{}", NAMES[index], tail(0)).expect("a string");
        if bodies.is_empty() {
            text.push_str(&"\n".repeat(shape.blanks_in_empty));
        }
        for (number, (body, blanks)) in bodies.iter().enumerate() {
            let name = format!("s{index}{number}");
            for line in BODIES[*body].replace("NAME", &name).lines() {
                // The content markers keep their names.
                let line = line.replace("##<<s", "##<<S");
                let shift = |line: &str| {
                    let blanks = line.len() - line.trim_start_matches(' ').len();
                    " ".repeat(blanks - 2 + shape.indentation) + &line[blanks..]
                };
                text.push_str(&if line.trim().is_empty() {
                    line
                } else {
                    shift(&line)
                });
                text.push('\n');
            }
            text.push_str(&"\n".repeat(*blanks));
        }
        let closing = CLOSINGS[shape.closings[index]].replace("NAME", NAMES[index]);
        writeln!(text, "{margin}{closing}{}", tail(1)).expect("a string");
    }
    text.push_str(match shape.volumes {
        0 => "",
        1 => "volumes:\n  a:\n",
        2 => "\n# kept\nvolumes:\n    a: {}\n    # about b\n    b:\n      driver: local\n\nnetworks: {}\n",
        3 => "networks:\n  n:\n    driver: bridge\nx-text: |\n  ##<<SERVICES>>\n",
        _ => "volumes:\n  a:\n  # tail\n\n\n",
    });
    if !shape.final_break {
        let end = text.trim_end_matches('\n').len();
        text.truncate(end);
    }
    if shape.windows {
        text = text.replace('\n', "\r\n");
    }
    if shape.mark {
        text.insert(0, '\u{feff}');
    }
    text
}

fn check(shape: &Shape) -> Result<(), TestCaseError> {
    let text = file(shape);
    let before = ComposeFile::parse("compose.yml", &text)
        .map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
    let section = NAMES[shape.target];
    let added = before
        .insert_services(section, BLOCKS[shape.block])
        .map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
    let mut names: Vec<&str> = before.service_names();
    let within = added.section_services(section).expect("the section");
    prop_assert_eq!(within.last(), Some(&"fresh"), "{}", added.text());
    let mut after = added.service_names();
    names.sort_unstable();
    after.retain(|name| *name != "fresh");
    after.sort_unstable();
    prop_assert_eq!(names, after);
    assert_bytes_kept(&text, added.text(), shape.bodies.iter().all(Vec::is_empty))?;
    prop_assert!(!shape.windows || !added.text().replace("\r\n", "").contains('\n'));
    let removed = added
        .remove_service("fresh")
        .map_err(|error| TestCaseError::fail(format!("{error}\n{}", added.text())))?;
    prop_assert_eq!(
        removed.text(),
        text.as_str(),
        "after adding:\n{}",
        added.text()
    );
    let volume = before
        .insert_top_level(TopLevel::Volumes, "fresh-data")
        .map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
    let names = volume.top_level_names(TopLevel::Volumes);
    prop_assert_eq!(names.last(), Some(&"fresh-data"));
    let removed = volume
        .remove_top_level(TopLevel::Volumes, "fresh-data")
        .map_err(|error| TestCaseError::fail(format!("{error}\n{}", volume.text())))?;
    prop_assert_eq!(
        removed.text(),
        text.as_str(),
        "after adding:\n{}",
        volume.text()
    );
    Ok(())
}

/// All old bytes are there in order, in at most two pieces (three where braces went away).
fn assert_bytes_kept(before: &str, after: &str, braces: bool) -> Result<(), TestCaseError> {
    let before = if braces {
        before.replacen("services: {}", "services:", 1)
    } else {
        before.to_owned()
    };
    let common = before
        .bytes()
        .zip(after.bytes())
        .take_while(|(old, new)| old == new)
        .count();
    let rest = before.len() - common;
    prop_assert!(after.len() >= before.len());
    let tail = after.as_bytes()[after.len() - rest..].to_vec();
    prop_assert_eq!(tail, before.as_bytes()[common..].to_vec());
    Ok(())
}

fn cases() -> u32 {
    std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok())
        .unwrap_or(300)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn adding_then_removing_gives_the_first_bytes_back(shape in shapes()) {
        check(&shape)?;
    }

    #[test]
    fn no_text_makes_the_editor_panic(text in "(##<<|>>|/|SERVICES|services|:|\\||>|\\{|\\}|\\[|\\]|&a|\\*a|\"|'|#|-| |\n|\r|\t|é|\u{feff}){0,60}") {
        if let Ok(file) = ComposeFile::parse("compose.yml", &text) {
            let _ = file.sections();
            let _ = file.insert_services("SERVICES", BLOCKS[2]);
            let _ = file.insert_top_level(TopLevel::Volumes, "v");
            for name in file.service_names() {
                let _ = file.remove_service(name);
            }
        }
    }
}
