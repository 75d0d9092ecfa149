/**
 * Reads `add <pid> <start>` and `del <pid>` until its input ends, which happens when our process does, however it
 * died. Then it ends the listed trees. Plain POSIX sh; it starts `sed` once, `sleep`
 * between two looks and, where there is no /proc, `ps`.
 *
 * `members` is a list of ` pid:start ` of what must go, `groups` of the process groups our children lead. A child
 * counts only while its start time is the one that was announced (`-` where the system does not tell).
 */
export const REAPER_SCRIPT = String.raw`
trap '' HUP INT TERM
while read -r verb pid start; do
  case $verb in
    add) eval "held_$pid=$start" ;;
    del) unset "held_$pid" ;;
  esac
done
roots=$(set | sed -n "s/^held_\([0-9]*\)='\{0,1\}\([0-9-]*\)'\{0,1\}$/\1:\2/p")
[ -n "$roots" ] || exit 0
members=' ' groups=' '

each_process() {
  if [ -r /proc/self/stat ]; then
    for stat in /proc/[0-9]*/stat; do
      line=
      { read -r line < "$stat"; } 2>/dev/null
      [ -n "$line" ] || continue
      pid=${"$"}{stat#/proc/}
      set -- ${"$"}{line##*) }
      "$action" "${"$"}{pid%/stat}" "$2" "$3" "$1" "${"$"}{20}"
    done
  else
    while read -r pid ppid group state; do
      "$action" "$pid" "$ppid" "$group" "$state" -
    done <<LISTING
$(ps -A -o pid= -o ppid= -o pgid= -o stat=)
LISTING
  fi
}

join() {
  case "$members" in *" $1:$5 "*) return ;; esac
  members="$members$1:$5 "
  grown=1
}

meet_root() {
  for root in $roots; do
    case "$root" in
      "$1:$5" | "$1:-")
        join "$@"
        [ "$1" = "$3" ] && groups="$groups$3 "
        ;;
    esac
  done
}

meet_relative() {
  case "$members" in *" $2:"*) join "$@" && return ;; esac
  case "$groups" in *" $3 "*) join "$@" ;; esac
}

kill_member() {
  case "$members" in *" $1:$5 "*) ;; *) return ;; esac
  case "$4" in Z* | X*) return ;; esac
  alive=1
  [ "$signal" = 0 ] || kill "-$signal" "$1" 2>/dev/null
}

sweep() {
  grown=1
  while [ "$grown" = 1 ]; do grown=0; action=meet_relative; each_process; done
  alive=0; signal=$1; action=kill_member; each_process
}

action=meet_root
each_process
sweep TERM
turns=0
while [ "$alive" = 1 ] && [ "$turns" -lt 12 ]; do sleep 0.1; sweep 0; turns=$((turns + 1)); done
turns=0
while [ "$alive" = 1 ] && [ "$turns" -lt 20 ]; do sweep KILL; sleep 0.1; sweep 0; turns=$((turns + 1)); done
`;
