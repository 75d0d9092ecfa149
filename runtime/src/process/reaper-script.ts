/**
 * Which processes belong to those that are known: reads the process table and prints three lines, the members as
 * `pid:start`, the groups that members lead, and the pids that are alive. A known process counts only while its start
 * time is the one that was announced (`-` where the system does not tell).
 */
const FIND_MEMBERS = String.raw`
function fill(set, words,   list, count) {
  count = split(words, list, " ")
  while (count > 0) { set[list[count]] = 1; count -= 1 }
}
function join(pid) {
  member[pid] = 1
  grown = 1
  if (group[pid] == pid) lead[pid] = 1
}
BEGIN {
  fill(isKnown, known)
  fill(lead, groups)
  gsub(/[^0-9]+/, " ", marked)
  fill(isMarked, marked)
}
{
  pid = $1
  line = $0
  if (proc) { sub(/^.*\) /, "", line); split(line, field, " ") }
  else { field[1] = $4; field[2] = $2; field[3] = $3; field[20] = "-" }
  state[pid] = field[1]; parent[pid] = field[2]; group[pid] = field[3]; start[pid] = field[20]
}
END {
  for (pid in parent) if ((pid ":" start[pid]) in isKnown || (pid ":-") in isKnown || pid in isMarked) join(pid)
  while (grown) {
    grown = 0
    for (pid in parent) if (!(pid in member) && (parent[pid] in member || group[pid] in lead)) join(pid)
  }
  for (pid in member) {
    members = members " " pid ":" start[pid]
    if (state[pid] ~ /^[ZX]/) continue
    alive = alive " " pid
    if (group[pid] in lead) leads[group[pid]] = 1
  }
  for (pid in leads) led = led " " pid
  print members; print led; print alive
}
`;

/**
 * Waits until its input ends, which happens when our process does, however it died. Then it reads what is left of
 * `add <pid> <start>` and `del <pid>` on descriptor 3 and ends the listed trees. Lines on descriptor 3 wake nobody, which
 * makes them cheap for the writer; a number on the input says that so many of them are to be read, before there are
 * too many. Plain POSIX sh, with `sed`, `awk`, `sleep`, and `cat` and `grep` where there is
 * /proc, else `ps`.
 *
 * `try <mark>` comes before a child is started and `end` after it was announced. When the input ends between the two,
 * nobody has told of that child: it is found by the mark in its environment (/proc only), for a second and a bit, as
 * it still may have to become the program that has the mark.
 */
export const REAPER_SCRIPT = String.raw`
trap '' HUP INT TERM
mark=
note() {
  case $1 in
    add) eval "held_$2=$3" ;;
    del) unset "held_$2" ;;
    try) mark=$2 ;;
    end) mark= ;;
  esac
}
while read -r count; do
  while [ "$count" -gt 0 ] && read -r verb pid start <&3; do note "$verb" "$pid" "$start"; count=$((count - 1)); done
done
while read -r verb pid start <&3; do note "$verb" "$pid" "$start"; done
known=$(set | sed -n "s/^held_\([0-9]*\)='\{0,1\}\([0-9-]*\)'\{0,1\}$/\1:\2/p")
known=$(echo $known)
proc= groups=
if [ -r /proc/self/stat ]; then proc=1; else mark=; fi
[ -n "$known$mark" ] || exit 0

list_processes() {
  if [ -n "$proc" ]; then cat /proc/[0-9]*/stat 2>/dev/null; else ps -A -o pid= -o ppid= -o pgid= -o stat=; fi
}

list_marked() {
  [ -z "$mark" ] || echo $(grep -lsF "RESOURCE_CONTEXT_SPAWN=$mark" /proc/[0-9]*/environ 2>/dev/null)
}

look() {
  { read -r known; read -r groups; read -r alive; } <<MEMBERS
$(list_processes | awk -v proc="$proc" -v known="$known" -v groups="$groups" -v marked="$(list_marked)" '${FIND_MEMBERS}')
MEMBERS
}

strike() {
  look
  targets=$alive
  for group in $groups; do targets="$targets -$group"; done
  [ -z "$alive" ] || kill -s "$1" -- $targets 2>/dev/null
}

strike TERM
turns=0
while [ -n "$alive$mark" ] && [ "$turns" -lt 12 ]; do sleep 0.1; look; turns=$((turns + 1)); done
turns=0
while [ -n "$alive" ] && [ "$turns" -lt 20 ]; do strike KILL; sleep 0.1; look; turns=$((turns + 1)); done
`;
