//! How many instances a label tells of: `API x3`, `3 Replicas`.

/// No drawing for people has more instances of one part.
const MOST: u32 = 100;

/// A name without the number of its instances: `API x3`, `API x 3`.
pub(super) fn split_count(name: String) -> (String, Option<u32>) {
    let apart = || {
        let (rest, count) = name.rsplit_once(' ')?;
        let (name, sign) = rest.trim_end().rsplit_once(' ')?;
        let count = times(&format!("{sign}{count}"))?;
        matches!(sign, "x" | "X" | "×").then_some((name, count))
    };
    let split = name
        .rsplit_once(' ')
        .and_then(|(name, last)| Some((name, times(last)?)))
        .or_else(apart);
    match split {
        Some((rest, count)) => (rest.trim_end().to_owned(), Some(count)),
        None => (name, None),
    }
}

/// `x3`, `×3`, `3x`.
pub(super) fn times(word: &str) -> Option<u32> {
    let count = word
        .strip_prefix(['x', 'X', '×'])
        .or_else(|| word.strip_suffix(['x', '×']))?;
    count.parse().ok().filter(|count| (1..MOST).contains(count))
}

/// How many replicas a line names: `3 Replicas`, `x3`, `3-10 pods`.
pub(super) fn replicas(line: &str) -> Option<u32> {
    let lower = line.to_lowercase();
    let mut words = lower.split_whitespace();
    let first = words.next()?;
    let second = words.next();
    if second.is_none()
        && let Some(count) = times(first)
    {
        return Some(count);
    }
    let named = second.is_some_and(|it| {
        it.starts_with("replica")
            || it.starts_with("instance")
            || it.starts_with("pod")
            || it.starts_with("node")
            || it.starts_with("broker")
    });
    // `9092 Broker` is a port.
    let is_count = |count: &u32| (1..MOST).contains(count);
    named
        .then(|| first.split('-').next()?.parse().ok().filter(is_count))
        .flatten()
}
