use std::fmt::Write;
use std::path::Path;

use devkit_testkit::Binary;

/// The page is made of what the program says of itself; `DEVKIT_UPDATE=1` writes it anew.
#[test]
fn the_command_reference_is_what_help_says() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/devkit/commands.md");
    let made = reference();
    if std::env::var_os("DEVKIT_UPDATE").is_some() {
        std::fs::write(&page, &made).unwrap_or_else(|error| panic!("{}: {error}", page.display()));
    }
    let kept = std::fs::read_to_string(&page).unwrap_or_default();
    assert!(
        kept == made,
        "docs/devkit/commands.md is old: run the test with DEVKIT_UPDATE=1"
    );
}

fn reference() -> String {
    let mut page = String::from("# Commands\n\nWhat `devkit COMMAND --help` says.\n");
    let top = help(&[]);
    section(&mut page, "devkit", &top);
    for command in commands(&top) {
        let text = help(&[&command]);
        section(&mut page, &format!("devkit {command}"), &text);
        for nested in commands(&text) {
            section(
                &mut page,
                &format!("devkit {command} {nested}"),
                &help(&[&command, &nested]),
            );
        }
    }
    page
}

fn section(page: &mut String, title: &str, text: &str) {
    let text: String = text
        .lines()
        .map(|line| line.trim_end().to_owned() + "\n")
        .collect();
    write!(page, "\n## `{title}`\n\n```text\n{text}```\n").unwrap_or_default();
}

fn help(command: &[&str]) -> String {
    let mut arguments = command.to_vec();
    arguments.push("--help");
    let binary = Binary::new(env!("CARGO_BIN_EXE_devkit"));
    binary.run(Path::new("."), &arguments).expect_code(0).stdout
}

/// The names under "Commands:", but for the one that only repeats help.
fn commands(help: &str) -> Vec<String> {
    let mut lines = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    lines
        .by_ref()
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect()
}
