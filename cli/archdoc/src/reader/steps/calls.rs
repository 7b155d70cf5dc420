//! Numbered lines of a drawing that each say who calls whom: `3. Bot → API: POST /payments`.

use super::{Call, LEAST, WRITTEN, go_up, kind, numbered};
use crate::facts::Step;
use crate::reader::arrows;
use crate::reader::collector::Collector;
use crate::reader::drawing::Drawing;

/// Reads lines of calls as a flow; answers whether they are one.
pub(in crate::reader) fn read(drawing: &Drawing, to: &mut Collector<'_>) -> bool {
    let lines = || {
        let lines = drawing.lines.clone();
        lines.filter(|line| !to.lines[*line].is_blank())
    };
    let found: Vec<(usize, u32, Call<'_>)> = lines()
        .filter_map(|line| {
            let (number, call) = written(to.lines[line].text)?;
            Some((line, number, call))
        })
        .collect();
    let ordered = go_up(found.iter().map(|(_, number, _)| *number));
    if found.len() < LEAST || found.len() * 2 < lines().count() || !ordered {
        return false;
    }
    let steps = found.into_iter().map(|(line, number, call)| Step {
        from: call.from.to_owned(),
        to: call.target.to_owned(),
        text: call.text.to_owned(),
        number: Some(number),
        kind: kind(call.from, call.target, call.text),
        branch: Vec::new(),
        origin: drawing.origin(line, WRITTEN, to),
    });
    let steps = steps.collect();
    to.steps(drawing.title(), steps);
    true
}

/// The number of a line and the call behind it, whatever its ends are called.
fn written(line: &str) -> Option<(u32, Call<'_>)> {
    let (number, text) = numbered(line)?;
    let call = Call::of(text)?;
    let is_name = |name: &str| {
        (1..=4).contains(&name.split_whitespace().count())
            && name.chars().any(char::is_alphabetic)
            && !arrows::are_in(name)
    };
    (is_name(call.from) && is_name(call.target)).then_some((number, call))
}

#[cfg(test)]
mod tests {
    use crate::facts::StepKind;

    #[test]
    fn numbered_calls_are_a_flow_and_draw_nothing() {
        let text = "# Shop\n\n## Buying\n\n```\n1. User → Bot: /buy\n2. Bot → API: POST /orders\n3. API → Payment Gateway: Create payment\n4. Payment Gateway → User: Return the page\n```\n";
        let document = crate::read("a.md", text.as_bytes());
        let flow = &document.facts.flows[0];
        assert_eq!(flow.name, "Buying");
        assert_eq!(flow.steps.len(), 4);
        assert_eq!(flow.steps[2].to, "Payment Gateway");
        assert_eq!(flow.steps[1].text, "POST /orders");
        assert_eq!(flow.steps[3].kind, StepKind::Response);
        assert!(document.facts.components.is_empty());
    }

    #[test]
    fn chains_of_one_line_are_none() {
        let text = "# Shop\n\n```\n1. web -> api -> db\n2. web -> api -> cache\n3. api -> queue -> worker\n```\n";
        let document = crate::read("a.md", text.as_bytes());
        assert!(document.facts.flows.is_empty());
    }
}
