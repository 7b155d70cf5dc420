use super::{ComposeFile, TopLevel};

const BLOCK: &str = "  # New.\n  new:\n    image: x\n";

fn file(text: &str) -> ComposeFile {
    ComposeFile::parse("compose.yml", text).expect("a compose file")
}

fn refusal(text: &str) -> String {
    file(text)
        .insert_services("SERVICES", BLOCK)
        .expect_err("refused")
        .to_string()
}

#[test]
fn an_empty_section_takes_the_block_between_its_markers() {
    let text = "services:\n  ##<<SERVICES>>\n  ##<</SERVICES>>\n";
    let added = file(text).insert_services("SERVICES", BLOCK).unwrap();
    assert_eq!(
        added.text(),
        "services:\n  ##<<SERVICES>>\n  # New.\n  new:\n    image: x\n  ##<</SERVICES>>\n"
    );
    assert_eq!(added.service_block("new").unwrap(), BLOCK);
}

#[test]
fn new_blocks_go_last_with_one_blank_line_between() {
    let text = "services:\n  ##<<SERVICES>>\n  a:\n    image: a\n\n\n  ##</SERVICES>\n";
    let added = file(text).insert_services("SERVICES", BLOCK).unwrap();
    assert_eq!(
        added.text(),
        "services:\n  ##<<SERVICES>>\n  a:\n    image: a\n\n  # New.\n  new:\n    image: x\n\n\n  ##</SERVICES>\n"
    );
}

#[test]
fn a_block_of_two_services_is_added_at_once() {
    let text = "services:\n  ##<<SERVICES>>\n  ##<</SERVICES>>\n";
    let block = "  migrate:\n    image: x\n\n  api:\n    image: x\n";
    let added = file(text).insert_services("SERVICES", block).unwrap();
    assert_eq!(
        added.section_services("SERVICES").unwrap(),
        ["migrate", "api"]
    );
    let removed = added
        .remove_service("api")
        .unwrap()
        .remove_service("migrate")
        .unwrap();
    assert_eq!(
        removed.text(),
        "services: {}\n  ##<<SERVICES>>\n  ##<</SERVICES>>\n"
    );
}

#[test]
fn nothing_but_markers_becomes_an_empty_mapping() {
    let text = "services: # note\n  ##<<SERVICES>>\n  ##<</SERVICES>>\n";
    let mapped = file(text).with_services_mapping().unwrap();
    assert_eq!(mapped.text(), text.replace("services:", "services: {}"));
    let added = mapped.insert_services("SERVICES", BLOCK).unwrap();
    assert!(added.text().starts_with("services: # note\n"));
    assert_eq!(added.remove_service("new").unwrap().text(), mapped.text());
}

#[test]
fn markers_that_are_not_in_order_are_refused_with_their_line() {
    for (text, expected) in [
        (
            "services:\n  a: {}\n",
            "compose.yml:1:1: The section `SERVICES` is missing",
        ),
        (
            "services:\n  ##<<SERVICES>>\n  a: {}\n",
            "compose.yml:2:1: The section `SERVICES` is opened and never closed",
        ),
        (
            "services:\n  a: {}\n  ##<</SERVICES>>\n",
            "compose.yml:3:1: The section `SERVICES` is closed and was never opened",
        ),
        (
            "services:\n  ##<<SERVICES>>\n  ##<</SERVICES>>\n  a: {}\n  ##<<SERVICES>>\n",
            "compose.yml:5:1: The marker `SERVICES` is doubled",
        ),
        (
            "services:\n  ##<<SERVICES>>\n  ##<<BACKING_SERVICES>>\n  ##<</SERVICES>>\n  ##<</BACKING_SERVICES>>\n",
            "compose.yml:3:1: The marker `BACKING_SERVICES` crosses the section `SERVICES`",
        ),
        (
            "services:\n  a: {}\nx:\n  ##<<SERVICES>>\n  ##<</SERVICES>>\n",
            "compose.yml:4:1: The section `SERVICES` stands outside `services`",
        ),
    ] {
        assert_eq!(refusal(text), expected);
    }
}

#[test]
fn a_service_that_is_there_is_refused_by_its_key_not_by_its_text() {
    let text = "services:\n  ##<<SERVICES>>\n  'new':\n    image: a\n  ##<</SERVICES>>\n";
    assert_eq!(
        refusal(text),
        "compose.yml:3:3: There is a service `new` already"
    );
    let text = "services:\n  ##<<SERVICES>>\n  a:\n    image: a\n    command: |\n      new:\n  ##<</SERVICES>>\n";
    assert!(file(text).insert_services("SERVICES", BLOCK).is_ok());
}

#[test]
fn what_cannot_be_edited_safely_is_refused() {
    let braces = "services: {a: {image: x}}\n##<<SERVICES>>\n##<</SERVICES>>\n";
    assert!(refusal(braces).contains("one key a line"));
    assert!(ComposeFile::parse("c.yml", "{services: {}}\n").is_err());
    assert!(ComposeFile::parse("c.yml", "a: 1\n---\nb: 2\n").is_err());
    let error = ComposeFile::parse("c.yml", "services:\n  a: [\n  b: ]x\n").unwrap_err();
    assert!(error.location().is_some(), "{error}");
    assert!(
        ComposeFile::from_bytes("c.yml", b"a: 1\nb: \xff\n")
            .unwrap_err()
            .message
            .contains("Line 2")
    );
    let alone = file("services:\r  a: {}\r").insert_top_level(TopLevel::Volumes, "data");
    assert!(alone.unwrap_err().message.contains("carriage return"));
    let deep = format!("a: {}{}\n", "[".repeat(20_000), "]".repeat(20_000));
    assert!(ComposeFile::parse("c.yml", &deep).is_err());
}

#[test]
fn a_block_whose_anchor_is_used_elsewhere_is_not_removed() {
    let text = "services:\n  a: &a\n    image: x\n  b:\n    <<: *a\n";
    let error = file(text).remove_service("a").unwrap_err();
    assert!(error.message.contains("cannot be removed"), "{error}");
    assert!(file(text).remove_service("b").is_ok());
}

#[test]
fn removing_takes_the_leading_comment_and_leaves_the_others() {
    let text = "services:\n  # about all\n\n  # about a\n  a:\n    image: x\n    # inside a\n\n  # about b\n  b:\n    image: y\n";
    let removed = file(text).remove_service("a").unwrap();
    assert_eq!(
        removed.text(),
        "services:\n  # about all\n\n  # about b\n  b:\n    image: y\n"
    );
}

#[test]
fn volumes_are_made_when_missing_and_go_with_their_last_key() {
    for text in [
        "services:\n  a:\n    image: x\n",
        "services:\n  a:\n    image: x",
        "services:\r\n  a:\r\n    image: x\r\n\r\n",
        "services:\n  a:\n    command: |+\n      x\n\n",
        "services: {a: {image: x}}\n",
        "\u{feff}services: {a: {image: x}}",
        " services: {a: {image: x}}\n\n ",
        "services:\n  a:\n    command: |\n      x\n   ",
        "services: >-\n a   >-  \n          \n\n\n\n",
        "",
    ] {
        let added = file(text)
            .insert_top_level(TopLevel::Volumes, "data")
            .unwrap();
        assert_eq!(added.top_level_names(TopLevel::Volumes), ["data"]);
        let more = added.insert_top_level(TopLevel::Volumes, "more").unwrap();
        assert_eq!(more.top_level_names(TopLevel::Volumes), ["data", "more"]);
        let removed = more
            .remove_top_level(TopLevel::Volumes, "more")
            .and_then(|file| file.remove_top_level(TopLevel::Volumes, "data"))
            .unwrap();
        assert_eq!(removed.text(), text);
    }
}

#[test]
fn comments_below_a_key_stay_with_it() {
    let text = "volumes:\n  data:\n    # Everything is here.\n\n    # Even more.\n\nservices: {}\n";
    let added = file(text)
        .insert_top_level(TopLevel::Volumes, "fresh")
        .unwrap();
    assert!(
        added
            .text()
            .contains("    # Even more.\n  fresh:\n\nservices")
    );
    let removed = added.remove_top_level(TopLevel::Volumes, "fresh").unwrap();
    assert_eq!(removed.text(), text);
    let text = "services:\n  a:\n    image: x\n    # Below a.\n  b: {image: y}\n";
    let removed = file(text).remove_service("b").unwrap();
    assert_eq!(
        removed.text(),
        "services:\n  a:\n    image: x\n    # Below a.\n"
    );
}
