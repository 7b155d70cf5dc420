//! Languages and frameworks that programs are written with.

/// Languages and frameworks, with the ones for pages last.
const WRITTEN_WITH: &[&str] = &[
    "go",
    "golang",
    "rust",
    "python",
    "java",
    "kotlin",
    "scala",
    "ruby",
    "php",
    "elixir",
    "erlang",
    "c#",
    "c++",
    ".net",
    "asp.net",
    "node",
    "node.js",
    "nodejs",
    "deno",
    "bun",
    "typescript",
    "javascript",
    "express",
    "express.js",
    "fastapi",
    "flask",
    "django",
    "starlette",
    "aiohttp",
    "celery",
    "celery-beat",
    "spring",
    "boot",
    "quarkus",
    "micronaut",
    "ktor",
    "rails",
    "sinatra",
    "sidekiq",
    "laravel",
    "symfony",
    "phoenix",
    "axum",
    "actix",
    "actix-web",
    "rocket",
    "tonic",
    "nestjs",
    "nest.js",
    "koa",
    "fastify",
    "hono",
    "gin",
    "echo",
    "fiber",
    "chi",
    "graphql",
    "apollo",
    "grpc",
    "uvicorn",
    "gunicorn",
    "tomcat",
    "core",
    "swift",
    "haskell",
    "clojure",
];
/// Frameworks of pages, which servers hand out.
const OF_PAGES: &[&str] = &[
    "react",
    "reactjs",
    "react.js",
    "vue",
    "vue.js",
    "vuejs",
    "angular",
    "svelte",
    "sveltekit",
    "next",
    "next.js",
    "nextjs",
    "nuxt",
    "nuxt.js",
    "nuxtjs",
    "remix",
    "astro",
    "vite",
    "solid",
    "solidjs",
    "gatsby",
    "preact",
    "qwik",
];
/// Words that stand between the names of technologies.
const BETWEEN: &[&str] = &["and", "with", "on", "+", "&"];

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|it: char| it.is_whitespace() || matches!(it, '/' | ',' | '(' | ')' | '·'))
        .filter(|it| !it.is_empty())
        .map(str::to_lowercase)
}

/// Whether a text names languages and frameworks, with their versions, and nothing else.
pub(in crate::reader) fn is_technology(text: &str) -> bool {
    let mut named = false;
    for word in words(text) {
        let known = WRITTEN_WITH.contains(&word.as_str()) || OF_PAGES.contains(&word.as_str());
        // `boot`, `core` and `echo` are words of their own.
        named |= known && !matches!(word.as_str(), "boot" | "core" | "echo" | "next" | "solid");
        if !known && !BETWEEN.contains(&word.as_str()) && !is_version(&word) {
            return false;
        }
    }
    named
}

/// Whether a text names a framework of pages: `React client`.
pub(in crate::reader) fn is_of_pages(text: &str) -> bool {
    let native = text.to_lowercase().contains("native");
    !native && words(text).any(|word| OF_PAGES.contains(&word.as_str()) && word != "next")
}

fn is_version(word: &str) -> bool {
    let word = word.trim_start_matches('v').trim_end_matches(['x', '+']);
    !word.is_empty() && word.chars().all(|it| it.is_ascii_digit() || it == '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_technologies_are_known() {
        for text in [
            "Go",
            "Vue 3",
            "Spring Boot",
            "Python 3.12 / FastAPI",
            "React + Vite",
        ] {
            assert!(is_technology(text), "{text}");
        }
        for text in ["Core", "Go live", "JWT tokens", "Next", "3", "Boot"] {
            assert!(!is_technology(text), "{text}");
        }
        assert!(is_of_pages("React client") && !is_of_pages("React Native"));
    }
}
