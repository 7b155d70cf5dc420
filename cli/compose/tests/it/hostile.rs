//! Files that are made to do harm, or that are merely broken: refused soon and in words.

use std::time::{Duration, Instant};

use devkit_compose::{LoadOptions, Project, load};
use devkit_diagnostic::Diagnostics;

fn load_files(files: &[(&str, &[u8])]) -> Result<Project, Diagnostics> {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("a file");
    }
    load(&LoadOptions {
        working_dir: folder.path().to_path_buf(),
        project_name: Some("hostile".into()),
        ..LoadOptions::default()
    })
}

fn refused(text: &[u8]) -> String {
    let start = Instant::now();
    let errors = load_files(&[("compose.yaml", text)]).expect_err("refused");
    assert!(
        start.elapsed() < Duration::from_secs(5),
        "{:?}",
        start.elapsed()
    );
    errors.to_string()
}

#[test]
fn an_alias_bomb_is_refused() {
    let mut text = String::from("x-0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let below = vec![format!("*a{}", level - 1); 10].join(", ");
        let number = level.to_string();
        text.push_str(&["x-", &number, ": &a", &number, " [", &below, "]\n"].concat());
    }
    assert!(refused(text.as_bytes()).contains("unfold to too much"));
}

#[test]
fn twenty_thousand_levels_are_refused() {
    for open in ["[", "{a: ", "- "] {
        let text = format!("x-a: {}", open.repeat(20_000));
        assert!(!refused(text.as_bytes()).is_empty());
    }
    let block: String = (0..2_000).map(|level| " ".repeat(level) + "a:\n").collect();
    assert!(refused(block.as_bytes()).contains("nested deeper"));
}

#[test]
fn nested_defaults_do_not_exhaust_the_stack() {
    let text = format!("services: {{a: {{image: '{}'}}}}", "${A:-".repeat(20_000));
    assert!(refused(text.as_bytes()).contains("no valid use"));
    let closed = format!("{}{}", "${A:-".repeat(5_000), "}".repeat(5_000));
    let text = format!("services: {{a: {{image: '{closed}'}}}}");
    assert!(refused(text.as_bytes()).contains("no valid use"));
}

#[test]
fn a_huge_file_is_refused_unread() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = std::fs::File::create(folder.path().join("compose.yaml")).expect("a file");
    file.set_len(100 << 20).expect("a sparse file");
    let start = Instant::now();
    let errors = load(&LoadOptions {
        working_dir: folder.path().to_path_buf(),
        ..LoadOptions::default()
    })
    .expect_err("refused");
    assert!(start.elapsed() < Duration::from_secs(1));
    assert!(errors.to_string().contains("larger than"), "{errors}");
}

#[test]
fn text_that_is_not_utf_8_is_refused_with_its_line() {
    assert!(refused(b"services:\n  a: {image: \xff\xfe}\n").contains("not valid UTF-8 (line 2)"));
}

#[test]
fn both_places_of_a_duplicate_key_are_shown() {
    let text = b"services:\n  a: {image: i}\n  b: {image: i}\n  a: {image: j}\n  b: {image: k}\n";
    let errors = load_files(&[("compose.yaml", text)]).expect_err("refused");
    let places: Vec<Vec<usize>> = errors
        .iter()
        .map(|error| {
            error
                .labels
                .iter()
                .map(|label| label.source.location(label.span.start).line)
                .collect()
        })
        .collect();
    assert_eq!(places, [[4, 2], [5, 3]]);
}

#[test]
fn all_errors_of_a_file_come_at_once_with_their_places() {
    let text = b"services:\n  a:\n    imgae: i\n    ports: x\n  b:\n    image: [1]\n";
    let errors = load_files(&[("compose.yaml", text)]).expect_err("refused");
    let lines: Vec<Option<usize>> = errors
        .iter()
        .map(|error| error.location().map(|location| location.line))
        .collect();
    assert_eq!(lines, [Some(3), Some(4), Some(6)]);
    let first = errors.iter().next().expect("an error");
    assert_eq!(first.help, ["Did you mean `image`?"]);
    assert_eq!(first.message, "Unknown key `imgae` in services.a");
}

#[test]
fn files_that_include_themselves_are_refused() {
    let files: [(&str, &[u8]); 2] = [
        (
            "compose.yaml",
            b"include: [b.yaml]\nservices: {a: {image: i}}\n",
        ),
        (
            "b.yaml",
            b"include: [compose.yaml]\nservices: {b: {image: i}}\n",
        ),
    ];
    let errors = load_files(&files).expect_err("refused");
    assert!(errors.to_string().contains("circle"), "{errors}");
}

#[test]
fn a_line_of_punctuation_is_refused() {
    let text = format!("x-a: [{}]\n", "[],".repeat(200_000));
    assert!(refused(text.as_bytes()).contains("compose.yaml:1:1: This line holds too much"));
    let quoted = format!(
        "services: {{a: {{image: i, command: '{}'}}}}\n",
        ",".repeat(400_000)
    );
    assert!(load_files(&[("compose.yaml", quoted.as_bytes())]).is_ok());
}

#[test]
fn variables_that_double_each_other_are_refused() {
    let lines: Vec<String> = (1..60)
        .map(|number| format!("A{number}=${{A{0}}}${{A{0}}}\n", number - 1))
        .collect();
    let file = format!("A0=xxxxxxxx\n{}", lines.concat());
    let compose = b"services: {a: {image: i, env_file: e}}\n";
    let errors =
        load_files(&[("compose.yaml", compose), ("e", file.as_bytes())]).expect_err("refused");
    assert!(
        errors.to_string().contains("Variables make too much text"),
        "{errors}"
    );
}

#[test]
fn files_that_include_twice_what_includes_twice_are_refused() {
    let files: Vec<(String, String)> = (0..40)
        .map(|number| {
            let next = number + 1;
            (
                format!("b{number}.yaml"),
                format!("include: [b{next}.yaml, b{next}.yaml]\n"),
            )
        })
        .chain([("b40.yaml".to_owned(), "x-a: 1\n".to_owned())])
        .collect();
    let mut all: Vec<(&str, &[u8])> = vec![("compose.yaml", b"include: [b0.yaml]\n")];
    all.extend(
        files
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_bytes())),
    );
    let errors = load_files(&all).expect_err("refused");
    assert!(
        errors.to_string().contains("too many or too large"),
        "{errors}"
    );
}

#[test]
fn a_long_chain_of_extends_is_not_called_a_circle() {
    let services: Vec<String> = (0..200)
        .map(|number| format!("  s{number}: {{extends: s{}}}\n", number + 1))
        .collect();
    let text = format!("services:\n{}  s200: {{image: i}}\n", services.concat());
    let message = refused(text.as_bytes());
    assert!(message.contains("Too many services extend each other: s0 -> s1"));
    assert!(!message.contains("in a circle"), "{message}");
}

#[test]
fn a_hundred_thousand_problems_are_told_in_few_words() {
    let same = "  a: {image: i}\n".repeat(100_000);
    let errors = load_files(&[("compose.yaml", format!("services:\n{same}").as_bytes())])
        .expect_err("refused");
    assert!((1..=201).contains(&errors.iter().count()));
    let labels: Vec<String> = (0..100_000)
        .map(|number| format!("      l{number}: ${{V{number}}}\n"))
        .collect();
    let text = format!(
        "services:\n  a:\n    image: i\n    labels:\n{}",
        labels.concat()
    );
    let project = load_files(&[("compose.yaml", text.as_bytes())]).expect("valid");
    assert_eq!(project.warnings.iter().count(), 201);
}
