//! What a browser calls itself, in words a person knows.

/// Marks of browsers, the more particular first: nearly all claim to be Chrome and Safari as well.
const BROWSERS: &[(&str, &str)] = &[
    ("coc_coc_browser/", "Cốc Cốc"),
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

/// Marks of systems, the more particular first: Android is a Linux, and an iPad claims to be like a Mac.
const SYSTEMS: &[(&str, &str)] = &[
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

/// Browser and system, such as `Cốc Cốc, Windows`; what is unknown is shown as it was sent.
pub fn in_words(user_agent: &str) -> String {
    let found = |marks: &[(&str, &'static str)]| {
        marks.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
    };
    match (found(BROWSERS), found(SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        (Some(browser), None) => browser.to_owned(),
        (None, _) => user_agent.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn browsers_are_told_by_their_most_particular_mark() {
        let webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";
        for (sent, told) in [
            (
                format!(
                    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) {webkit} coc_coc_browser/120.0.0 Chrome/114.0.0.0 Safari/537.36"
                ),
                "Cốc Cốc, Windows",
            ),
            (
                format!(
                    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) {webkit} Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0"
                ),
                "Edge, Windows",
            ),
            (
                format!("Mozilla/5.0 (Linux; Android 14) {webkit} Chrome/130.0.0.0 Mobile Safari/537.36"),
                "Chrome, Android",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 Version/17.5 Safari/605.1.15".into(),
                "Safari, macOS",
            ),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0".into(), "Firefox, Linux"),
            ("curl/7.88.1".into(), "curl/7.88.1"),
            ("  ".into(), ""),
        ] {
            assert_eq!(in_words(&sent), told, "{sent}");
        }
    }
}
