use regex::Regex;

/// What a Dockerfile asks for that only `BuildKit` can do: the line's number and the thing.
pub(super) fn needs_buildkit(text: &str) -> Option<(usize, String)> {
    // Each expression stands for one thing; they are fixed and valid.
    let patterns = [
        (r"(?i)^\s*RUN\s+(--\S+\s+)*--mount", "RUN --mount"),
        (r"(?i)^\s*RUN\s+(--\S+\s+)*--network", "RUN --network"),
        (r"(?i)^\s*RUN\s+(--\S+\s+)*--security", "RUN --security"),
        (r"(?i)^\s*(COPY|ADD)\s+(--\S+\s+)*--link", "--link"),
        (r"(?i)^\s*(COPY|ADD)\s+(--\S+\s+)*--chmod", "--chmod"),
        (r"(?i)^\s*(COPY|ADD)\s+(--\S+\s+)*--parents", "--parents"),
        (r"(?i)^\s*(COPY|ADD)\s+(--\S+\s+)*--exclude", "--exclude"),
        (r"(?i)^\s*ADD\s+(--\S+\s+)*--checksum", "ADD --checksum"),
        (
            r#"(?i)^\s*(RUN|COPY|ADD)\s[^#]*<<-?["']?[A-Za-z_]"#,
            "a heredoc",
        ),
    ];
    let patterns: Vec<(Regex, &str)> = patterns
        .into_iter()
        .filter_map(|(pattern, name)| Some((Regex::new(pattern).ok()?, name)))
        .collect();
    text.lines().enumerate().find_map(|(index, line)| {
        let (_, name) = patterns
            .iter()
            .find(|(pattern, _)| pattern.is_match(line))?;
        Some((index + 1, (*name).to_owned()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_classic_builder_cannot_do_counts() {
        let plain = "# syntax=docker/dockerfile:1\nFROM a AS b\nRUN make && echo '<<' \nCOPY --from=b --chown=1:1 x y\n";
        assert_eq!(needs_buildkit(plain), None);
        let mount = "FROM a\nRUN --mount=type=cache,target=/x make\n";
        assert_eq!(needs_buildkit(mount), Some((2, "RUN --mount".into())));
        let heredoc = "FROM a\nRUN <<EOF\nx\nEOF\n";
        assert_eq!(needs_buildkit(heredoc), Some((2, "a heredoc".into())));
        let mode = "FROM a\nCOPY --from=b --chmod=755 x y\n";
        assert_eq!(needs_buildkit(mode), Some((2, "--chmod".into())));
    }
}
