use crate::support::{Platform, lines, repository};

#[test]
fn the_clean_platform_has_no_finding() {
    let report = Platform::clean().doctor();
    assert_eq!(lines(&report), Vec::<String>::new());
}

#[test]
fn the_reference_platform_of_this_repository_has_no_finding() {
    let report = repository();
    let found: Vec<String> = lines(&report)
        .into_iter()
        .filter(|line| !line.starts_with("DK910 info"))
        .collect();
    assert_eq!(found, Vec::<String>::new());
    assert!(report.summary().decided > 30);
    assert_eq!(report.summary().undecided, 0);
}
