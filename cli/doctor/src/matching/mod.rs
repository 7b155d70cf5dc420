//! Finds out which service of the compose files a name of the document means.

mod identity;
mod languages;
mod likeness;
mod meaning;
mod names;
mod pairing;
mod product;
mod words;

pub use identity::Identity;

pub use meaning::is_task;
pub(crate) use meaning::{is_framework, is_number, is_of_people, is_store, role_of, role_of_word};
pub(crate) use names::are_cut;
pub(crate) use names::only_product;
pub use names::{Names, Resolution};
pub use product::{Product, product_of_image, product_of_name, product_of_technology};
pub use words::words;
pub(crate) use words::{is_written_as_key, telling_words, translated_words};
