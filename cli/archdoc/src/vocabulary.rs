//! Words that documents use for what programs are written with, for the reader and for those who
//! compare what it read.

use crate::facts::normalised;

/// Languages and frameworks, in the form in which names are compared.
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
    "csharp",
    "cpp",
    "net",
    "dotnet",
    "asp",
    "aspnet",
    "node",
    "nodejs",
    "deno",
    "bun",
    "typescript",
    "javascript",
    "express",
    "expressjs",
    "fastapi",
    "flask",
    "drf",
    "django",
    "starlette",
    "litestar",
    "sanic",
    "tornado",
    "aiohttp",
    "celery",
    "celerybeat",
    "spring",
    "springboot",
    "springcloud",
    "webflux",
    "quarkus",
    "micronaut",
    "vertx",
    "dropwizard",
    "ktor",
    "rails",
    "sinatra",
    "sidekiq",
    "laravel",
    "symfony",
    "cakephp",
    "codeigniter",
    "phoenix",
    "axum",
    "actix",
    "actixweb",
    "tonic",
    "nest",
    "nestjs",
    "koa",
    "fastify",
    "hono",
    "elysia",
    "gin",
    "fiber",
    "graphql",
    "grpc",
    "streamlit",
    "gradio",
    "chainlit",
    "blazor",
    "uvicorn",
    "hypercorn",
    "daphne",
    "uwsgi",
    "puma",
    "gunicorn",
    "tomcat",
    "swift",
    "haskell",
    "clojure",
];
/// Frameworks of pages, which servers hand out.
const OF_PAGES: &[&str] = &[
    "react",
    "reactjs",
    "vue",
    "vuejs",
    "angular",
    "svelte",
    "sveltekit",
    "nextjs",
    "nuxt",
    "nuxtjs",
    "remix",
    "astro",
    "vite",
    "solidjs",
    "gatsby",
    "preact",
    "qwik",
];

/// Whether a word names a language or a framework: `FastAPI`, `Node.js`, `C#`.
///
/// Words that mean other things as often, such as `core` and `next`, are none.
pub fn is_technology(word: &str) -> bool {
    let word = written_out(word);
    [WRITTEN_WITH, OF_PAGES]
        .iter()
        .any(|words| words.contains(&word.as_str()))
}

/// Whether a word names a framework of pages: `Vue.js`.
pub fn is_framework_of_pages(word: &str) -> bool {
    OF_PAGES.contains(&written_out(word).as_str())
}

/// A word as it is compared, with the signs that tell languages apart written out.
fn written_out(word: &str) -> String {
    normalised(&word.replace('#', "sharp").replace("++", "pp"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn technologies_are_known_in_all_spellings() {
        for word in ["Node.js", "nodejs", "C#", "C++", ".NET", "Spring", "Vue.js"] {
            assert!(is_technology(word), "{word}");
        }
        for word in ["core", "next", "C", "service", ""] {
            assert!(!is_technology(word), "{word}");
        }
        assert!(is_framework_of_pages("React") && !is_framework_of_pages("Django"));
    }
}
