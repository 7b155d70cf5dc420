use crate::{Action, Cause, Need, Plan, Step, StepId};

/// Collects steps and hands out their places.
#[derive(Debug, Default)]
pub(super) struct Builder {
    pub(super) plan: Plan,
}

impl Builder {
    pub(super) fn step(&mut self, action: Action, cause: Cause, needs: Vec<Need>) -> StepId {
        let id = StepId(self.plan.steps.len());
        self.plan.steps.push(Step {
            id,
            action,
            cause,
            needs,
        });
        id
    }
}

/// The needs that stand for a number of steps.
pub(super) fn after(steps: impl IntoIterator<Item = StepId>) -> Vec<Need> {
    steps.into_iter().map(Need::Step).collect()
}
