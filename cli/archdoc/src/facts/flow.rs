use serde::{Deserialize, Serialize};

use super::Origin;

/// What a step of a flow does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepKind {
    /// One component calls another.
    Request,
    /// The answer to an earlier request.
    Response,
    /// A component works by itself.
    Internal,
}

/// One step of a flow.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// The component that acts.
    pub from: String,
    /// The component that is reached; the same as `from` for work by itself.
    pub to: String,
    /// What is written at the step, without its number; further lines follow after a newline.
    pub text: String,
    /// The number written at the step.
    pub number: Option<u32>,
    /// What the step does.
    pub kind: StepKind,
    /// The alternatives and options around the step, outermost first: `alt 1: Order exists`.
    pub branch: Vec<String>,
    /// Where it stands.
    #[serde(flatten)]
    pub origin: Origin,
}

/// An ordered path through the platform.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Flow {
    /// The heading or title: `User Request Flow (Frontend → API → Database)`.
    pub name: String,
    /// Its steps in order.
    pub steps: Vec<Step>,
    /// Where it starts.
    #[serde(flatten)]
    pub origin: Origin,
}
