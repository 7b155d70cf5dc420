use crate::checks;
use crate::context::{Context, Inputs};
use crate::report::{Options, Outcome, Report};

/// Looks at everything that the options ask for, and reports.
pub async fn run(inputs: &Inputs<'_>, options: &Options) -> Report {
    let mut outcome = Outcome::default();
    let context = Context::new(inputs, None);
    checks::static_checks(&context, &mut outcome);
    if let Some(machine) = inputs.machine {
        checks::machine::check(&context, machine, &mut outcome);
    }
    Report::new(outcome, options, inputs.documents, inputs.root)
}
