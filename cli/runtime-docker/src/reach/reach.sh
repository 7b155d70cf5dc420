# Connects to each HOST PORT pair of its arguments and writes a line for each: the pair's number
# and connected, unresolved, refused or unknown. Uses whatever of the usual tools is there.
has() { command -v "$1" >/dev/null 2>&1; }

resolves() {
    if has getent; then getent hosts "$1" >/dev/null 2>&1
    elif has python3; then python3 -c 'import socket,sys; socket.getaddrinfo(sys.argv[1], None)' "$1" 2>/dev/null
    elif has node; then node -e 'require("dns").lookup(process.argv[1], e => process.exit(e ? 1 : 0))' "$1"
    elif has bash; then ! limited bash -c 'exec 3<>"/dev/tcp/$0/1"' "$1" 2>&1 | grep -qi 'not known\|not resolve\|failure in name\|invalid host'
    elif has nslookup; then nslookup "$1" >/dev/null 2>&1
    elif has ping; then ! ping -c 1 -W 1 "$1" 2>&1 | grep -qi 'bad address\|unknown host\|not known\|failure in name'
    fi
}

limited() { if has timeout; then timeout 2 "$@"; else "$@"; fi; }

# Ends with 0 when the connection was accepted, with 1 when not, with 2 without a tool for it.
connects() {
    if has bash; then limited bash -c 'exec 3<>"/dev/tcp/$0/$1"' "$1" "$2" 2>/dev/null || return 1
    elif has python3; then python3 -c 'import socket,sys; socket.create_connection((sys.argv[1], int(sys.argv[2])), 2)' "$1" "$2" 2>/dev/null || return 1
    elif has node; then node -e 'const s=require("net").connect(+process.argv[2],process.argv[1],()=>process.exit(0));s.on("error",()=>process.exit(1));setTimeout(()=>process.exit(1),2000)' "$1" "$2" || return 1
    elif has perl; then perl -MIO::Socket::INET -e 'exit(IO::Socket::INET->new(PeerAddr => "$ARGV[0]:$ARGV[1]", Timeout => 2) ? 0 : 1)' "$1" "$2" || return 1
    elif has curl; then
        took=$(curl -s -o /dev/null --connect-timeout 2 -m 3 -w '%{time_connect}' "http://$1:$2/")
        case "$took" in *[1-9]*) return 0 ;; *) return 1 ;; esac
    elif has nc; then nc -w 2 "$1" "$2" </dev/null >/dev/null 2>&1 || return 1
    elif has wget; then
        # What answers need not be HTTP: only what prevents a connection counts.
        ! wget -T 2 -O /dev/null "http://$1:$2/" 2>&1 |
            grep -qi "can't connect\|refused\|timed out\|bad address\|unable to resolve\|no route" || return 1
    else return 2
    fi
}

number=0
while [ "$#" -ge 2 ]; do
    if ! resolves "$1"; then answer=unresolved
    else
        connects "$1" "$2"
        case "$?" in 0) answer=connected ;; 1) answer=refused ;; *) answer=unknown ;; esac
    fi
    echo "$number $answer"
    number=$((number + 1))
    shift 2
done
