//! Keeps what a file says short where a message repeats it.

/// The characters of a text that a message repeats at most.
const MAXIMUM_LENGTH: usize = 80;
/// The characters of a message at most; whatever it repeats, the rest helps nobody.
const MAXIMUM_MESSAGE: usize = 1_000;
/// The steps of a way that a message names at most.
const MAXIMUM_STEPS: usize = 12;

/// A text as a message repeats it, cut where it is long.
pub(crate) fn shortened(text: &str) -> String {
    match text.char_indices().nth(MAXIMUM_LENGTH) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}

/// A message that does not fill the screen, whatever the file says.
pub(crate) fn clipped(mut message: String) -> String {
    if let Some((end, _)) = message.char_indices().nth(MAXIMUM_MESSAGE) {
        message.truncate(end);
        message.push_str("...");
    }
    message
}

/// The steps of a way with arrows between them; of a long one the first and the last.
pub(crate) fn way<S: AsRef<str>>(steps: &[S]) -> String {
    let names = |steps: &[S]| {
        let names: Vec<String> = steps.iter().map(|step| shortened(step.as_ref())).collect();
        names.join(" -> ")
    };
    if steps.len() <= MAXIMUM_STEPS {
        return names(steps);
    }
    let (first, rest) = steps.split_at(MAXIMUM_STEPS - 2);
    let (left_out, last) = rest.split_at(rest.len() - 2);
    format!(
        "{} -> ({} more) -> {}",
        names(first),
        left_out.len(),
        names(last)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_and_ways_are_cut() {
        assert_eq!(shortened("short"), "short");
        assert_eq!(shortened(&"é".repeat(200)).chars().count(), 83);
        assert_eq!(way(&["a", "b"]), "a -> b");
        let names: Vec<String> = (0..100).map(|number| format!("s{number}")).collect();
        assert_eq!(
            way(&names),
            "s0 -> s1 -> s2 -> s3 -> s4 -> s5 -> s6 -> s7 -> s8 -> s9 -> (88 more) -> s98 -> s99"
        );
    }
}
