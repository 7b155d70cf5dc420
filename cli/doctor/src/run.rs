use crate::checks;
use crate::context::{Context, Inputs};
use crate::fix;
use crate::live;
use crate::report::{Depth, Options, Outcome, Report};

/// Looks at everything that the options ask for, and reports.
///
/// Nothing is changed, and probes (only with [`Depth::Probe`]) open connections and close them
/// again. A runtime that does not answer leaves its rules undecided; it is never a pass.
pub async fn run(inputs: &Inputs<'_>, options: &Options) -> Report {
    let mut outcome = Outcome::default();
    let (observed, lost) = match live::observe(inputs, options).await {
        Some(Ok(observed)) => (Some(observed), None),
        Some(Err(reason)) => (None, Some(reason)),
        None => (None, None),
    };
    let context = Context::new(inputs, observed);
    checks::static_checks(&context, &mut outcome);
    if options.depth >= Depth::Live {
        if let Some(machine) = inputs.machine {
            checks::machine::check(&context, machine, &mut outcome);
        }
        live::check(&context, options, &mut outcome).await;
        if let Some(reason) = lost {
            live::undecided(&context, &reason, &mut outcome);
        }
    }
    // What is found about a service as a whole stands where the service is defined.
    outcome.place(|subject| {
        context.service(subject)?;
        context.place(&format!("services.{subject}"))
    });
    let mut report = Report::new(outcome, options, inputs.documents, inputs.root);
    fix::draw_missing(&mut report, inputs);
    report
}

/// What probes would open and send, one line each; nothing is opened or sent.
pub fn planned(inputs: &Inputs<'_>, options: &Options) -> Vec<String> {
    live::planned(&Context::new(inputs, None), options)
}
