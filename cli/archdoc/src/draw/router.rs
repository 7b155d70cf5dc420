//! Leads lines around boxes: the cheapest path over free cells, with few bends and crossings.
//!
//! Lines of different sources never join: where they cross, the vertical one is drawn through
//! and the horizontal one is broken. Lines of one source share their way as far as they can.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap};

use super::canvas::{Area, Canvas};
use crate::signs::{EAST, NORTH, SOUTH, WEST, line, opposite};

const DIRECTIONS: [u8; 4] = [NORTH, EAST, SOUTH, WEST];
const BEND: usize = 4;
const CROSSING: usize = 3;
/// What it costs to run along the border of a box, where other lines have to get out.
const BESIDE_A_BOX: usize = 40;

type Cell = (usize, usize);

/// What stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ground {
    Free,
    /// A box or a margin.
    Blocked,
    /// A title or divider, which a vertical line passes beneath.
    Beneath,
}

#[derive(Debug, Clone, Copy, Default)]
struct Wire {
    net: usize,
    ports: u8,
    /// The arrow's tip, in the last cell of a way.
    tip: Option<char>,
}

/// The cells inside one frame, and the lines that were led through them.
#[derive(Debug)]
pub(super) struct Router {
    area: Area,
    ground: Vec<Ground>,
    wires: BTreeMap<Cell, Vec<Wire>>,
    exits: Vec<(Cell, char)>,
}

impl Router {
    /// Everything inside the area is free.
    pub(super) fn new(area: Area) -> Self {
        Self {
            area,
            ground: vec![Ground::Free; area.width * area.height],
            wires: BTreeMap::new(),
            exits: Vec::new(),
        }
    }

    /// Nothing may be led through the area.
    pub(super) fn block(&mut self, area: Area) {
        self.fill(area, Ground::Blocked);
    }

    /// Vertical lines pass beneath the area, unseen.
    pub(super) fn cover(&mut self, area: Area) {
        self.fill(area, Ground::Beneath);
    }

    fn fill(&mut self, area: Area, ground: Ground) {
        for row in area.top..=area.bottom() {
            for column in area.left..=area.right() {
                if let Some(index) = self.index((row, column)) {
                    self.ground[index] = ground;
                }
            }
        }
    }

    fn index(&self, (row, column): Cell) -> Option<usize> {
        let inside = (self.area.top..=self.area.bottom()).contains(&row)
            && (self.area.left..=self.area.right()).contains(&column);
        inside.then(|| (row - self.area.top) * self.area.width + column - self.area.left)
    }

    fn ground(&self, cell: Cell) -> Ground {
        self.index(cell)
            .map_or(Ground::Blocked, |index| self.ground[index])
    }

    /// Leads a line from one box to another; lines with the same net may share their way.
    /// Answers whether there was a way.
    pub(super) fn connect(&mut self, net: usize, from: Area, to: Area) -> bool {
        let mut best: HashMap<(Cell, u8), usize> = HashMap::new();
        let mut parents: HashMap<(Cell, u8), (Cell, u8)> = HashMap::new();
        let mut queue = BinaryHeap::new();
        for (cost, cell, direction) in self.starts(net, from) {
            best.insert((cell, direction), cost);
            queue.push(Reverse((cost, cell, direction)));
        }
        while let Some(Reverse((cost, cell, direction))) = queue.pop() {
            if best
                .get(&(cell, direction))
                .is_some_and(|known| *known < cost)
            {
                continue;
            }
            if cell == (usize::MAX, usize::MAX) {
                self.lay(net, from, &parents, (cell, direction));
                return true;
            }
            let mut onward: Vec<(usize, Cell, u8)> = Vec::new();
            if let Some(extra) = self.arrival(cell, direction, to) {
                let extra = extra + 4 * self.crowding(net, cell);
                onward.push((cost + extra, (usize::MAX, usize::MAX), direction));
            }
            for turned in DIRECTIONS {
                if let Some(extra) = self.step(net, cell, direction, turned) {
                    onward.push((cost + extra, neighbour(cell, turned), turned));
                }
            }
            for (cost, next_cell, turned) in onward {
                let known = best.entry((next_cell, turned)).or_insert(usize::MAX);
                if cost < *known {
                    *known = cost;
                    parents.insert((next_cell, turned), (cell, direction));
                    queue.push(Reverse((cost, next_cell, turned)));
                }
            }
        }
        false
    }

    /// The cells outside the source's border, and the free sides of the net's lines.
    fn starts(&self, net: usize, from: Area) -> Vec<(usize, Cell, u8)> {
        let mut starts = Vec::new();
        let used = self.wires.values().flatten().any(|wire| wire.net == net);
        let centre = from.left + from.width / 2;
        for column in from.left + 2..from.right() - 1 {
            let cost = column.abs_diff(centre) + if used { 6 } else { 0 };
            for (cell, direction) in [
                ((from.bottom() + 1, column), SOUTH),
                ((from.top.wrapping_sub(1), column), NORTH),
            ] {
                if self.ground(cell) == Ground::Free && !self.wires.contains_key(&cell) {
                    starts.push((cost, cell, direction));
                }
            }
        }
        for (cell, wires) in &self.wires {
            let [wire] = wires.as_slice() else { continue };
            if wire.net != net || wire.tip.is_some() || self.ground(*cell) != Ground::Free {
                continue;
            }
            for direction in DIRECTIONS {
                let beside = neighbour(*cell, direction);
                if wire.ports & direction == 0 && self.may_enter(net, beside, direction) {
                    starts.push((BEND, beside, direction));
                }
            }
        }
        starts
    }

    fn may_enter(&self, net: usize, cell: Cell, direction: u8) -> bool {
        let straight = across(direction);
        match self.ground(cell) {
            Ground::Blocked => return false,
            Ground::Beneath if direction & (EAST | WEST) != 0 => return false,
            Ground::Beneath | Ground::Free => {}
        }
        match self.wires.get(&cell).map(Vec::as_slice) {
            None => true,
            Some([wire]) => wire.net != net && wire.tip.is_none() && wire.ports == straight,
            Some(_) => false,
        }
    }

    /// The cost of going on from a cell in a direction.
    fn step(&self, net: usize, cell: Cell, direction: u8, turned: u8) -> Option<usize> {
        if turned == opposite(direction) || !self.may_enter(net, neighbour(cell, turned), turned) {
            return None;
        }
        let plain = self.ground(cell) == Ground::Free && !self.wires.contains_key(&cell);
        if turned != direction && !plain {
            return None;
        }
        let bend = if turned == direction { 0 } else { BEND };
        let crossing = if self.wires.contains_key(&neighbour(cell, turned)) {
            CROSSING
        } else {
            0
        };
        let beside = if turned & (EAST | WEST) != 0 && self.is_beside_a_box(neighbour(cell, turned))
        {
            BESIDE_A_BOX
        } else {
            0
        };
        Some(1 + bend + crossing + beside + self.crowding(net, neighbour(cell, turned)))
    }

    /// Whether the border of a box is right above or below a cell.
    fn is_beside_a_box(&self, cell: Cell) -> bool {
        [NORTH, SOUTH].into_iter().any(|side| {
            let beside = neighbour(cell, side);
            self.index(beside).is_some() && self.ground(beside) == Ground::Blocked
        })
    }

    /// How many lines of other sources run right beside a cell.
    fn crowding(&self, net: usize, cell: Cell) -> usize {
        [EAST, WEST]
            .into_iter()
            .filter_map(|side| self.wires.get(&neighbour(cell, side)))
            .filter(|wires| wires.iter().any(|wire| wire.net != net))
            .count()
    }

    /// The cost of ending in a cell, where the target's border is next.
    fn arrival(&self, cell: Cell, direction: u8, to: Area) -> Option<usize> {
        let (row, column) = cell;
        let faces = match direction {
            SOUTH => row + 1 == to.top,
            NORTH => row == to.bottom() + 1,
            _ => false,
        };
        let inside = (to.left + 2..to.right() - 1).contains(&column);
        let plain = self.ground(cell) == Ground::Free && !self.wires.contains_key(&cell);
        (faces && inside && plain).then(|| column.abs_diff(to.left + to.width / 2))
    }

    /// Writes the found way down.
    fn lay(
        &mut self,
        net: usize,
        from: Area,
        parents: &HashMap<(Cell, u8), (Cell, u8)>,
        end: (Cell, u8),
    ) {
        let mut leaving = end.1;
        let mut at = parents[&end];
        let mut tip = Some(if end.1 == SOUTH { '↓' } else { '↑' });
        loop {
            let (cell, direction) = at;
            let ports = opposite(direction) | leaving;
            self.wires
                .entry(cell)
                .or_default()
                .push(Wire { net, ports, tip });
            tip = None;
            leaving = direction;
            match parents.get(&at) {
                Some(parent) => at = *parent,
                None => break,
            }
        }
        let (cell, direction) = at;
        let behind = neighbour(cell, opposite(direction));
        let border = [from.top, from.bottom()].contains(&behind.0)
            && (from.left..=from.right()).contains(&behind.1);
        if border {
            let character = if direction == SOUTH { '┬' } else { '┴' };
            self.exits.push((behind, character));
        } else if let Some(wires) = self.wires.get_mut(&behind) {
            for wire in wires.iter_mut().filter(|wire| wire.net == net) {
                wire.ports |= direction;
            }
        }
    }

    /// Draws all lines.
    pub(super) fn draw(&self, canvas: &mut Canvas) {
        for (cell, wires) in &self.wires {
            if self.ground(*cell) != Ground::Free {
                continue;
            }
            let character = match wires.as_slice() {
                [wire] => wire.tip.unwrap_or_else(|| line(wire.ports)),
                _ => '│',
            };
            canvas.set(cell.0, cell.1, character);
        }
        for ((row, column), character) in &self.exits {
            canvas.set(*row, *column, *character);
        }
    }
}

fn neighbour((row, column): Cell, direction: u8) -> Cell {
    match direction {
        NORTH => (row.wrapping_sub(1), column),
        EAST => (row, column + 1),
        SOUTH => (row + 1, column),
        _ => (row, column.wrapping_sub(1)),
    }
}

/// The straight line that a step in a direction crosses.
fn across(direction: u8) -> u8 {
    if direction & (NORTH | SOUTH) != 0 {
        EAST | WEST
    } else {
        NORTH | SOUTH
    }
}
