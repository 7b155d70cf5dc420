use std::collections::{BTreeMap, BTreeSet};

use devkit_compose::model::Condition;

use crate::{Action, Need, Plan, RuntimeError, Step, StepId, Wanted};

/// How far everything is: which steps and services are done, failed or still open.
#[derive(Debug)]
pub(super) struct Board<'a> {
    plan: &'a Plan,
    open: BTreeSet<StepId>,
    done: BTreeSet<StepId>,
    pub(super) failed_steps: BTreeMap<StepId, RuntimeError>,
    started: BTreeSet<String>,
    ready: BTreeSet<String>,
    waiting: BTreeSet<String>,
    pub(super) failed: BTreeMap<String, Failed>,
}

/// Why a service is given up.
#[derive(Debug, Clone)]
pub(super) struct Failed {
    pub(super) because_of: Option<String>,
    pub(super) error: RuntimeError,
}

/// What can be said of a need now.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Verdict {
    Met,
    Open,
    Impossible {
        because_of: Option<String>,
        error: RuntimeError,
    },
}

impl<'a> Board<'a> {
    pub(super) fn new(plan: &'a Plan) -> Self {
        Self {
            plan,
            open: plan.steps.iter().map(|step| step.id).collect(),
            done: BTreeSet::new(),
            failed_steps: BTreeMap::new(),
            started: BTreeSet::new(),
            ready: BTreeSet::new(),
            waiting: BTreeSet::new(),
            failed: BTreeMap::new(),
        }
    }

    /// Takes the steps that can be done now, and those that never can be.
    pub(super) fn next(&mut self) -> (Vec<&'a Step>, Vec<(&'a Step, Failed)>) {
        let mut free = Vec::new();
        let mut impossible = Vec::new();
        for step in &self.plan.steps {
            if !self.open.contains(&step.id) {
                continue;
            }
            match self.verdict(step) {
                Verdict::Met => free.push(step),
                Verdict::Open => {}
                Verdict::Impossible { because_of, error } => {
                    impossible.push((step, Failed { because_of, error }));
                }
            }
        }
        for step in free.iter().chain(impossible.iter().map(|(step, _)| step)) {
            self.open.remove(&step.id);
        }
        (free, impossible)
    }

    fn verdict(&self, step: &Step) -> Verdict {
        if let Some(failed) = step
            .action
            .service()
            .and_then(|service| self.failed.get(service))
            && !matches!(step.action, Action::Stop { .. } | Action::Remove { .. })
        {
            return Verdict::Impossible {
                because_of: failed.because_of.clone(),
                error: failed.error.clone(),
            };
        }
        let mut result = Verdict::Met;
        for need in &step.needs {
            match self.need(need) {
                Verdict::Met => {}
                Verdict::Open => result = Verdict::Open,
                impossible @ Verdict::Impossible { .. } => return impossible,
            }
        }
        result
    }

    fn need(&self, need: &Need) -> Verdict {
        match need {
            Need::Step(id) => {
                if self.done.contains(id) {
                    Verdict::Met
                } else if let Some(error) = self.failed_steps.get(id) {
                    let service = self.plan.steps[id.0].action.service();
                    Verdict::Impossible {
                        because_of: service.map(str::to_owned),
                        error: error.clone(),
                    }
                } else {
                    Verdict::Open
                }
            }
            Need::Service {
                service,
                condition,
                required,
            } => {
                // A service that the plan is not about is the user's own matter.
                if !self.plan.wanted.contains_key(service) || self.ready.contains(service) {
                    return Verdict::Met;
                }
                if let Some(failed) = self.failed.get(service) {
                    let started =
                        *condition == Condition::ServiceStarted && self.started.contains(service);
                    return if started || !required {
                        Verdict::Met
                    } else {
                        Verdict::Impossible {
                            because_of: Some(service.clone()),
                            error: failed.error.clone(),
                        }
                    };
                }
                if *condition == Condition::ServiceStarted && self.started.contains(service) {
                    Verdict::Met
                } else {
                    Verdict::Open
                }
            }
        }
    }

    pub(super) fn step_done(&mut self, id: StepId) {
        self.done.insert(id);
    }

    pub(super) fn step_failed(&mut self, id: StepId, error: RuntimeError) {
        self.failed_steps.insert(id, error);
    }

    /// Services all of whose steps are done, whose readiness can be waited for from now on.
    pub(super) fn newly_started(&mut self) -> Vec<(String, Wanted)> {
        let mut found = Vec::new();
        for (service, wanted) in &self.plan.wanted {
            if self.started.contains(service) || self.failed.contains_key(service) {
                continue;
            }
            let finished = self
                .plan
                .steps
                .iter()
                .filter(|step| step.action.service() == Some(service))
                .all(|step| self.done.contains(&step.id));
            if finished {
                found.push((service.clone(), *wanted));
            }
        }
        for (service, wanted) in &found {
            self.started.insert(service.clone());
            if *wanted == Wanted::AlreadyCompleted {
                self.ready.insert(service.clone());
            } else {
                self.waiting.insert(service.clone());
            }
        }
        found.retain(|(_, wanted)| *wanted != Wanted::AlreadyCompleted);
        found
    }

    pub(super) fn service_ready(&mut self, service: &str) {
        self.waiting.remove(service);
        self.ready.insert(service.to_owned());
    }

    pub(super) fn service_failed(&mut self, service: &str, failed: Failed) -> bool {
        self.waiting.remove(service);
        if self.failed.contains_key(service) {
            return false;
        }
        self.failed.insert(service.to_owned(), failed);
        true
    }

    /// Whether no step is open any more.
    pub(super) fn steps_are_over(&self) -> bool {
        self.open.is_empty()
    }

    pub(super) fn waiting(&self) -> impl Iterator<Item = &str> {
        self.waiting.iter().map(String::as_str)
    }

    pub(super) fn ready(&self) -> impl Iterator<Item = &str> {
        self.ready.iter().map(String::as_str)
    }
}
