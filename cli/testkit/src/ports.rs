use std::net::TcpListener;

/// As many ports of the loopback address as asked for that nothing listens on now.
///
/// # Panics
/// When the machine has none left.
pub fn free_ports(count: usize) -> Vec<u16> {
    // All are held until all are known, so that none is given twice.
    let held: Vec<TcpListener> = (0..count)
        .map(|_| {
            TcpListener::bind(("0.0.0.0", 0))
                .unwrap_or_else(|error| panic!("no free port: {error}"))
        })
        .collect();
    held.iter()
        .map(|listener| {
            listener
                .local_addr()
                .unwrap_or_else(|error| panic!("no address: {error}"))
                .port()
        })
        .collect()
}
