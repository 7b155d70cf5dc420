use std::fs;
use std::path::Path;

/// Compares a region of a page with what a test makes of its tables, or writes it there when the
/// environment sets `DEVKIT_BLESS`.
///
/// A region begins with the line `<!-- NAME:begin -->` and ends with `<!-- NAME:end -->`.
///
/// # Panics
/// When the page has no such region, or another text in it.
pub fn expect_region(page: &Path, name: &str, wanted: &str) {
    let written =
        fs::read_to_string(page).unwrap_or_else(|error| panic!("{}: {error}", page.display()));
    let (begin, end) = (
        format!("<!-- {name}:begin -->\n"),
        format!("<!-- {name}:end -->\n"),
    );
    let region = written
        .split_once(&begin)
        .and_then(|(before, rest)| Some((before, rest.split_once(&end)?)));
    let Some((before, (found, after))) = region else {
        panic!("{} has no region {name}", page.display());
    };
    if found == wanted {
        return;
    }
    assert!(
        std::env::var_os("DEVKIT_BLESS").is_some(),
        "the region {name} of {} is out of date; run this test with DEVKIT_BLESS=1",
        page.display()
    );
    let text = format!("{before}{begin}{wanted}{end}{after}");
    fs::write(page, text).unwrap_or_else(|error| panic!("{}: {error}", page.display()));
}
