//! Numbered lines that each say who calls whom: `3. Bot → API: POST /payments`.

use super::arrows;
use super::collector::Collector;
use super::subject::Topic;
use super::words;
use crate::facts::{Flow, Step, StepKind};

/// How sure a flow is that is written rather than drawn.
const WRITTEN: f64 = 0.7;
/// How many steps make a flow.
const LEAST: usize = 3;

/// Reads lines of steps as a flow; answers whether they are one.
pub(super) fn read(
    first: usize,
    end: usize,
    topic: &Topic,
    diagram: usize,
    to: &mut Collector<'_>,
) -> bool {
    let lines = || (first..end).filter(|line| !to.lines[*line].text.trim().is_empty());
    let found: Vec<(usize, Written<'_>)> = lines()
        .filter_map(|line| Some((line, written(to.lines[line].text)?)))
        .collect();
    let ordered = found
        .windows(2)
        .all(|pair| pair[0].1.number < pair[1].1.number);
    if found.len() < LEAST || found.len() * 2 < lines().count() || !ordered {
        return false;
    }
    let steps: Vec<Step> = found
        .iter()
        .map(|(line, step)| {
            let mut origin = to.line_origin(*line);
            origin.diagram = Some(diagram);
            origin.confidence = WRITTEN;
            Step {
                from: step.from.to_owned(),
                to: step.target.to_owned(),
                text: step.text.to_owned(),
                number: Some(step.number),
                kind: if words::is_response(step.text) {
                    StepKind::Response
                } else {
                    StepKind::Request
                },
                branch: Vec::new(),
                origin,
            }
        })
        .collect();
    to.flow(Flow {
        name: topic.title.clone(),
        origin: steps[0].origin.clone(),
        steps,
    });
    true
}

/// A step as a line says it.
struct Written<'a> {
    number: u32,
    from: &'a str,
    target: &'a str,
    text: &'a str,
}

fn written(line: &str) -> Option<Written<'_>> {
    let line = line.trim();
    let digits = line.find(|it: char| !it.is_ascii_digit())?;
    let number = line[..digits].parse().ok()?;
    let rest = line[digits..].strip_prefix(['.', ')'])?;
    let (from, rest) = arrows::split_once(rest)?;
    let (target, text) = rest.split_once(':').unwrap_or((rest, ""));
    let is_name = |name: &str| {
        (1..=4).contains(&name.split_whitespace().count())
            && name.chars().any(char::is_alphabetic)
            && !arrows::are_in(name)
    };
    let (from, target) = (from.trim(), target.trim());
    (is_name(from) && is_name(target)).then_some(Written {
        number,
        from,
        target,
        text: text.trim(),
    })
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
