use crate::support::{Platform, lines};

#[test]
fn the_clean_platform_has_no_finding() {
    let report = Platform::clean().doctor();
    assert_eq!(lines(&report), Vec::<String>::new());
}
