use console::Style;

/// What a piece of text means, which decides its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// It went well.
    Good,
    /// It wants attention.
    Caution,
    /// It went wrong.
    Bad,
    /// It matters more than its neighbours.
    Strong,
    /// It matters less than its neighbours.
    Faint,
    /// It is a name or an address.
    Name,
    /// One of the colours that tell services apart.
    Series(usize),
}

/// Colours text, or leaves it as it is.
#[derive(Debug, Clone, Copy)]
pub struct Palette {
    enabled: bool,
}

impl Palette {
    /// A palette that colours, or one that does not.
    pub fn new(enabled: bool) -> Self {
        Self { enabled }
    }

    /// The text with its colour.
    pub fn paint(self, tone: Tone, text: &str) -> String {
        if !self.enabled {
            return text.to_owned();
        }
        let style = match tone {
            Tone::Good => Style::new().green(),
            Tone::Caution => Style::new().yellow(),
            Tone::Bad => Style::new().red().bold(),
            Tone::Strong => Style::new().bold(),
            Tone::Faint => Style::new().dim(),
            Tone::Name => Style::new().cyan(),
            Tone::Series(index) => match index % 6 {
                0 => Style::new().cyan(),
                1 => Style::new().yellow(),
                2 => Style::new().green(),
                3 => Style::new().magenta(),
                4 => Style::new().blue(),
                _ => Style::new().cyan().bright(),
            },
        };
        style.force_styling(true).apply_to(text).to_string()
    }
}
