//! Drawn names that no word ties to a service, and the services that they can only mean.

mod asides;
mod definitions;
mod elsewhere;
mod families;
mod frames;
mod instances;
mod keys;
mod left;
mod pages;
mod ports;
mod roles;
mod servers;
mod stacks;
mod uses;
mod variables;

use devkit_archdoc::Document;

use self::asides::{by_an_aside, by_what_stands_below};
use self::definitions::by_its_definition;
use self::elsewhere::by_another_drawing;
use self::families::by_the_beginning_of_keys;
use self::frames::by_frame_and_name;
use self::instances::{by_a_word_of_several_keys, by_numbered_keys, by_port_of_an_instance};
use self::keys::{by_one_word, by_whole_key};
pub(super) use self::left::users;
use self::pages::{by_the_server_of_its_pages, by_the_word_for_pages, by_what_it_serves};
use self::ports::{by_port_of_the_web, by_usual_port};
pub(super) use self::roles::role_of_framework;
use self::roles::{by_elimination, by_neighbour, by_the_only_worker, by_the_word_for_programs};
use self::servers::by_built_server;
use self::stacks::by_stack;
use self::uses::by_its_use;
use self::variables::by_variable;
use super::likeness::by_likeness;
use super::names::{Names, Resolution};

/// Pairs what is left over on both sides, where only one pairing is possible.
pub(super) fn pair_the_rest(names: &mut Names, document: &Document) {
    for by in [
        by_frame_and_name,
        by_variable,
        by_an_aside,
        by_what_stands_below,
        by_its_definition,
        by_its_use,
    ] {
        for (component, resolution) in by(names, document) {
            names.remember(component, resolution);
        }
    }
    for by in [by_neighbour, by_elimination] {
        for (component, service) in by(names, document) {
            names.remember(component, Resolution::Services(vec![service]));
        }
    }
    let ways = [
        by_the_beginning_of_keys,
        by_stack,
        by_built_server,
        by_what_it_serves,
        by_the_server_of_its_pages,
        by_the_word_for_pages,
        by_port_of_an_instance,
        by_numbered_keys,
        by_a_word_of_several_keys,
        by_whole_key,
        by_one_word,
        by_another_drawing,
        by_usual_port,
        by_port_of_the_web,
        by_likeness,
        by_the_only_worker,
        by_the_word_for_programs,
    ];
    for by in ways {
        for (component, resolution) in by(names, document) {
            names.remember(component, resolution);
        }
    }
}
