use super::drift::Edit::{Delete, Replace};
use super::drift::{DOCUMENT, Drift, drift};

pub(super) const DRIFTS: &[Drift] = &[
    drift(
        "link to nothing",
        &[Replace(
            DOCUMENT,
            "../operations/monitoring.md",
            "../operations/metrics.md",
        )],
        &[("DK801", DOCUMENT, "metrics.md")],
    ),
    drift(
        "linked page deleted",
        &[Delete("docs/services/worker-service.md")],
        &[(
            "DK801",
            DOCUMENT,
            "- [Worker](../services/worker-service.md)",
        )],
    ),
    drift(
        "link with other capitals",
        &[Replace(
            DOCUMENT,
            "../services/api-service.md",
            "../services/API-service.md",
        )],
        &[("DK801", DOCUMENT, "API-service.md")],
    ),
    drift(
        "link to no heading",
        &[Replace(
            DOCUMENT,
            "worker-service.md)",
            "worker-service.md#no-such-heading)",
        )],
        &[("DK801", DOCUMENT, "#no-such-heading")],
    ),
    drift(
        "link to no folder",
        &[Replace(DOCUMENT, "../adr/README.md", "../decisions/")],
        &[("DK801", DOCUMENT, "../decisions/")],
    ),
    drift(
        "link one folder too high",
        &[Replace(
            DOCUMENT,
            "](../operations/backup-restore.md):",
            "](../../operations/backup-restore.md):",
        )],
        &[("DK801", DOCUMENT, "../../operations/backup-restore.md")],
    ),
    drift(
        "review overdue",
        &[Replace(
            DOCUMENT,
            "**Next Review:** 2027-02",
            "**Next Review:** 2026-11",
        )],
        &[("DK803", DOCUMENT, "**Next Review:**")],
    ),
    drift(
        "validated in the future",
        &[Replace(
            DOCUMENT,
            "**Last Validated:** 2026",
            "**Last Validated:** 2036",
        )],
        &[("DK804", DOCUMENT, "**Last Validated:**")],
    ),
    drift(
        "no such date",
        &[Replace(
            DOCUMENT,
            "**Next Review:** 2027-02-21",
            "**Next Review:** 2027-02-31",
        )],
        &[("DK804", DOCUMENT, "**Next Review:**")],
    ),
];
