//! Observed state, plan, executor and readiness, for any driver.
