use std::io;

use devkit_diagnostic::Diagnostic;
use dialoguer::theme::{ColorfulTheme, SimpleTheme, Theme};
use dialoguer::{Confirm, Input, Select};

use crate::Ui;

/// A question, with the flag that answers it where nobody can be asked.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// What is asked.
    pub text: &'a str,
    /// What to type instead, such as `--template ID`.
    pub flag: &'a str,
}

impl Question<'_> {
    fn unanswered(self) -> Diagnostic {
        Diagnostic::error(format!(
            "{} is needed, and there is no terminal to ask",
            self.text
        ))
        .with_help(format!("give it on the command line: {}", self.flag))
    }
}

impl Ui {
    /// Asks for a line of text until `check` accepts it.
    ///
    /// # Errors
    /// Without a terminal, a diagnostic that names the flag; also when the answer is refused by
    /// closing the input.
    pub fn ask(
        &self,
        question: Question<'_>,
        default: Option<&str>,
        check: impl Fn(&str) -> Result<(), String>,
    ) -> Result<String, Diagnostic> {
        self.require_terminal(question)?;
        let theme = self.theme();
        let mut input = Input::<String>::with_theme(theme.as_ref())
            .with_prompt(question.text)
            .validate_with(|answer: &String| check(answer));
        if let Some(default) = default {
            input = input.default(default.to_owned());
        }
        input.interact_text().map_err(|error| interrupted(&error))
    }

    /// Lets the user choose one of several; answers with its index.
    ///
    /// # Errors
    /// Without a terminal, a diagnostic that names the flag.
    pub fn choose(&self, question: Question<'_>, items: &[String]) -> Result<usize, Diagnostic> {
        self.require_terminal(question)?;
        Select::with_theme(self.theme().as_ref())
            .with_prompt(question.text)
            .items(items)
            .default(0)
            .interact()
            .map_err(|error| interrupted(&error))
    }

    /// Asks for yes or no.
    ///
    /// # Errors
    /// Without a terminal, a diagnostic that names the flag.
    pub fn confirm(&self, question: Question<'_>) -> Result<bool, Diagnostic> {
        self.require_terminal(question)?;
        Confirm::with_theme(self.theme().as_ref())
            .with_prompt(question.text)
            .default(false)
            .interact()
            .map_err(|error| interrupted(&error))
    }

    fn require_terminal(&self, question: Question<'_>) -> Result<(), Diagnostic> {
        if self.can_ask() {
            Ok(())
        } else {
            Err(question.unanswered())
        }
    }

    fn theme(&self) -> Box<dyn Theme> {
        if self.error_colors() {
            Box::new(ColorfulTheme::default())
        } else {
            Box::new(SimpleTheme)
        }
    }
}

fn interrupted(error: &dialoguer::Error) -> Diagnostic {
    let dialoguer::Error::IO(error) = error;
    if error.kind() == io::ErrorKind::Interrupted {
        Diagnostic::error("Interrupted; nothing was changed").with_code("interrupted")
    } else {
        Diagnostic::error(format!("The terminal cannot be read: {error}"))
    }
}
