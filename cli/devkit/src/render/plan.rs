use std::fmt::Write;

use devkit_runtime::{Action, Plan, Step};

/// A plan as text: one line a step, with its cause.
pub(crate) fn plan_text(plan: &Plan) -> String {
    if plan.is_empty() {
        return "Nothing to do: everything is as the compose files say\n".to_owned();
    }
    plan.steps.iter().fold(String::new(), |mut text, step| {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{}", step_line(step));
        text
    })
}

fn step_line(step: &Step) -> String {
    let subject = step.action.subject();
    let what = match &step.action {
        Action::CreateNetwork { .. } => format!("create network {subject}"),
        Action::RemoveNetwork { .. } => format!("remove network {subject}"),
        Action::CreateVolume { .. } => format!("create volume {subject}"),
        Action::RemoveVolume { .. } => format!("remove volume {subject}"),
        Action::RequireImage { .. } => format!("require image {subject}"),
        Action::Pull { .. } => format!("pull {subject}"),
        Action::Build { .. } => format!("build {subject}"),
        Action::Create {
            replaces: Some(_), ..
        } => format!("recreate {subject}"),
        Action::Create { .. } => format!("create {subject}"),
        Action::Start { .. } => format!("start {subject}"),
        Action::Stop { .. } => format!("stop {subject}"),
        Action::Restart { .. } => format!("restart {subject}"),
        Action::Remove { .. } => format!("remove {subject}"),
        Action::Rename { name, .. } => format!("rename {subject} to {name}"),
    };
    format!("{what:<48} {}", step.cause)
}
