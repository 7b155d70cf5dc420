use devkit_diagnostic::Diagnostic;
use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, UndefinedBehavior, Value};

/// What a template can use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variables {
    /// The service's name: `billing-api`.
    pub name: String,
    /// The name as an identifier: `billing_api`.
    pub snake: String,
    /// The name as a variable of the environment: `BILLING_API`.
    pub upper: String,
    /// The name for people: `Billing Api`.
    pub title: String,
    /// The host's port, where it has one.
    pub port: Option<u16>,
    /// The variable that holds the host's port: `BILLING_API_PORT`.
    pub port_variable: String,
    /// The platform's name.
    pub platform: String,
    /// The ids of the backing services that the platform has.
    pub backing: Vec<String>,
}

impl Variables {
    /// The variables of a component with a name, on a platform.
    pub fn new(name: &str, platform: &str, backing: &[String], port: Option<u16>) -> Self {
        let upper = upper_snake(name);
        Self {
            name: name.to_owned(),
            snake: name.replace('-', "_"),
            title: title_case(name),
            port,
            port_variable: format!("{upper}_PORT"),
            upper,
            platform: platform.to_owned(),
            backing: backing.to_owned(),
        }
    }

    fn to_value(&self) -> Value {
        let backing: Vec<Value> = self.backing.iter().map(|id| text(id)).collect();
        Value::from_pairs([
            ("name", text(&self.name)),
            ("snake", text(&self.snake)),
            ("upper", text(&self.upper)),
            ("title", text(&self.title)),
            ("port", self.port.map_or(Value::from(()), Value::from)),
            ("port_variable", text(&self.port_variable)),
            ("platform", text(&self.platform)),
            ("backing", Value::from(backing)),
        ])
    }
}

fn text(text: &str) -> Value {
    Value::from(text)
}

/// `billing-api` as `BILLING_API`.
pub fn upper_snake(name: &str) -> String {
    name.replace('-', "_").to_ascii_uppercase()
}

/// `billing-api` as `Billing Api`.
pub fn title_case(name: &str) -> String {
    let words: Vec<String> = name
        .split('-')
        .map(|word| {
            let (first, rest) = word.split_at(usize::from(!word.is_empty()));
            first.to_ascii_uppercase() + rest
        })
        .collect();
    words.join(" ")
}

/// Renders a template; a variable that is not there is an error with its line.
///
/// A block tag takes its line's leading blanks and line break with it.
///
/// # Errors
/// What is wrong with the template, and where.
pub fn render(path: &str, text: &str, variables: &Variables) -> Result<String, Diagnostic> {
    environment()
        .and_then(|environment| environment.render_named_str(path, text, variables.to_value()))
        .map_err(|error| {
            let place = error.line().map(|line| format!(" in line {line}"));
            let detail = error.detail().map(|detail| format!(": {detail}"));
            let message = format!(
                "The template cannot be rendered{}: {}{}",
                place.unwrap_or_default(),
                error.kind(),
                detail.unwrap_or_default()
            );
            Diagnostic::error(message).in_file(path)
        })
}

fn environment() -> Result<Environment<'static>, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_syntax(
        SyntaxConfig::builder()
            .block_delimiters("@%", "%@")
            .variable_delimiters("@{", "}@")
            .comment_delimiters("@#", "#@")
            .keep_trailing_newline(true)
            .trim_blocks(true)
            .lstrip_blocks(true)
            .build()?,
    );
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    Ok(environment)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variables() -> Variables {
        Variables::new("billing-api", "demo", &["redis".into()], Some(8001))
    }

    #[test]
    fn names_come_in_all_forms() {
        let text =
            "@{ name }@ @{ snake }@ @{ upper }@ @{ title }@ @{ port }@ @{ port_variable }@\n";
        assert_eq!(
            render("t", text, &variables()).unwrap(),
            "billing-api billing_api BILLING_API Billing Api 8001 BILLING_API_PORT\n"
        );
    }

    #[test]
    fn other_languages_braces_stay() {
        let text = "${A:-b} {{ x }} {% y %} #{z} <a b={{c: 1}}/> & \"\n";
        assert_eq!(render("t.html", text, &variables()).unwrap(), text);
    }

    #[test]
    fn block_lines_disappear() {
        let text = "a\n  @% if \"redis\" in backing %@\nb\n  @% endif %@\n@# note #@\nc\n";
        assert_eq!(render("t", text, &variables()).unwrap(), "a\nb\nc\n");
    }

    #[test]
    fn an_unknown_variable_is_an_error_with_its_line() {
        let error = render("t.j2", "ok\n@{ nobody }@\n", &variables()).unwrap_err();
        assert!(error.message.contains("line 2"), "{error}");
    }
}
