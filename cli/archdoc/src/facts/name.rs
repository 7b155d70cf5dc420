/// The form in which names are compared: lower case letters and digits only.
///
/// `Redis Commander`, `redis-commander` and `redis_commander` are the same name.
pub fn normalised(name: &str) -> String {
    name.chars()
        .filter(|character| character.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_separators_do_not_matter() {
        assert_eq!(normalised("Redis Commander"), normalised("redis-commander"));
        assert_eq!(normalised("billing_api."), "billingapi");
    }
}
