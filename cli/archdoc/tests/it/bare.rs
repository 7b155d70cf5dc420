//! Drawings that stand in no fence.

use devkit_archdoc::read;

use crate::support::runnable;

#[test]
fn round_corners_open_a_drawing_in_no_fence() {
    let text = "# News

## Architecture

            editors                     readers
                |                          |
                v                          v
          .-----------.              +-----------+
          |   desk    |              |  varnish  |
          '-----+-----'              +-----+-----+
                |                          |
                v                          v
          +-----------+              +-----------+
          |   core    |<-------------| renderer  |
          +-----------+              +-----------+

Done.
";
    let document = read("news.md", text.as_bytes());
    assert_eq!(runnable(&document), ["desk", "varnish", "core", "renderer"]);
}

#[test]
fn words_below_the_last_lines_of_a_drawing_in_no_fence_are_read() {
    let text = "# Gym

## Architecture

 ┌──────────────┐ ┌──────────────┐
 │ Auth Service │ │ Plan Service │
 └──────┬───────┘ └──────┬───────┘
        │                │
     MongoDB      Redis + MongoDB

Services are in a table.
";
    let document = read("gym.md", text.as_bytes());
    let names = runnable(&document);
    for name in ["Auth Service", "Plan Service", "MongoDB", "Redis"] {
        assert!(
            names.iter().any(|it| it.contains(name)),
            "{name} in {names:?}"
        );
    }
}
