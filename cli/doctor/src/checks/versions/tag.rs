//! The names, tags and versions of images.

/// The numbers that a version or tag begins with: `v7.2-alpine` is 7 and 2.
pub(super) fn numbers(text: &str) -> Vec<u32> {
    let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
    let first = text.split(['-', '_']).next().unwrap_or_default();
    let found: Vec<u32> = first
        .split('.')
        .map_while(|part| part.parse().ok())
        .take(3)
        .collect();
    if found.is_empty() {
        behind_pg(text).unwrap_or_default()
    } else {
        found
    }
}

/// Whether two versions are the same as far as both are given.
pub(super) fn agree(left: &[u32], right: &[u32]) -> bool {
    left.iter().zip(right).all(|(left, right)| left == right)
}

/// The version of `PostgreSQL` in a tag such as `2.17-pg16`.
pub(super) fn behind_pg(tag: &str) -> Option<Vec<u32>> {
    let mut parts = tag.split('-');
    let version = parts.find_map(|part| part.strip_prefix("pg"))?;
    version.parse().ok().map(|number| vec![number])
}

/// An image's name without tag, digest, and what a registry's default adds.
pub(super) fn plain_repository(image: &str) -> &str {
    let image = image.split('@').next().unwrap_or(image);
    let image = match tag_start(image) {
        Some(at) => &image[..at],
        None => image,
    };
    let image = image.strip_prefix("docker.io/").unwrap_or(image);
    image.strip_prefix("library/").unwrap_or(image)
}

/// An image's tag.
pub(super) fn tag(image: &str) -> Option<&str> {
    let image = image.split('@').next().unwrap_or(image);
    tag_start(image).map(|at| &image[at + 1..])
}

fn tag_start(image: &str) -> Option<usize> {
    image.rfind(':').filter(|at| !image[*at..].contains('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_far_as_both_are_given() {
        assert!(agree(&numbers("15"), &numbers("15.4-alpine")));
        assert!(agree(&numbers("8.x"), &numbers("8.11.0")));
        assert!(!agree(&numbers("15"), &numbers("17")));
        assert!(!agree(&numbers("v7.2"), &numbers("7.4")));
        assert!(!agree(&numbers("pg16"), &numbers("pg17")));
    }
}
