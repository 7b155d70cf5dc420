//! Finds out which service of the compose files a name of the document means.

mod identity;
mod languages;
mod likeness;
mod names;
mod pairing;
mod product;
mod words;

pub use identity::Identity;
pub(crate) use identity::role_of_word;
pub(crate) use names::only_product;
pub use names::{Names, Resolution};
pub use product::{Product, product_of_image, product_of_name};
pub(crate) use words::{is_framework, telling_words};
pub use words::{is_task, words};
