# Runs what a page of the documentation shows, and writes the page anew with what comes of it (see docs.sh).
#
#   <!-- table: NAME --> ... <!-- end -->   what `rapport help --table NAME` prints
#   <!-- dates -->                          a table of words for dates, and what they mean in a note on `today`
#   <!-- json -->                           a table of commands, and the members of what they print with --json, or, behind
#                                           "array of", of each item of it; up to the first `;` or `:`
#   <!-- now: 2026-11-23T09:00 -->          what the clock says from here on
#   ```console                              `$ command`, and what it prints; `...` stands for anything
#   ```sh                                   a script that ends well
#   ```note                                 kept in the file `note`
#   ```jsonl                                kept in the file `file.jsonl`, which can be imported into a new journal
#   ```yaml                                 begins with `# ` and the file in the configuration folder that it is
#
# `work` is a folder for the commands and what they print; what is not as it should be goes to `work`/wrong.

function complain(line, text) { print page ":" line ": " text >>(work "/wrong") }

# Runs a command in the world of the page; its output is in `actual`, 1 to the number returned; `ended` is its status.
function run(command, n, line) {
  printf "%s%s\n", now == "" ? "" : "export RAPPORT_NOW=" now "\n", command >(work "/command")
  close(work "/command")
  ended = system("cd '" work "/here' && sh ../command >../actual 2>&1 </dev/null")
  n = 0
  while ((getline line <(work "/actual")) > 0)
    actual[++n] = line
  close(work "/actual")
  return n
}

# Whether a line is as expected, where `...` stands for anything in it.
function fits(line, expected, part, n, i, at) {
  n = split(expected, part, /\.\.\./)
  if (substr(line, 1, length(part[1])) != part[1])
    return 0
  line = substr(line, length(part[1]) + 1)
  for (i = 2; i <= n; i++) {
    at = i == n && part[i] == "" ? length(line) + 1 : index(line, part[i])
    if (at == 0)
      return 0
    line = substr(line, at + length(part[i]))
  }
  return line == "" || (n > 1 && part[n] != "" && fits_end(line, part[n]))
}
function fits_end(line, end) { return length(line) >= length(end) && substr(line, length(line) - length(end) + 1) == end }

# Compares what was printed with what the page shows; a line `...` stands for any lines.
function compare(count, i, j) {
  for (i = j = 1; i <= shown; i++) {
    if (show[i] == "...") {
      if (i == shown)
        return 0
      while (j <= count && !fits(actual[j], show[i + 1]))
        j++
    } else if (j > count || !fits(actual[j], show[i])) {
      return i
    } else {
      j++
    }
  }
  return j <= count ? shown + 1 : 0
}

function finish_command(count, i, at) {
  if (command == "")
    return
  count = run(command)
  at = ended == 127 && actual[count] ~ /jq/ ? 0 : compare(count) # jq is not there: nothing of it can be said
  if (at > 0) {
    complain(command_line, "$ " command)
    for (i = 1; i <= count; i++)
      print "    " actual[i] >>(work "/wrong")
  }
  for (i = 1; i <= (at > 0 ? count : shown); i++)
    print (at > 0 ? actual[i] : show[i])
  command = ""
  shown = 0
}

function expect_success(text, start, count, i) {
  count = run(text)
  if (ended == 0)
    return
  complain(start, "ended with " ended)
  for (i = 1; i <= count; i++)
    print "    " actual[i] >>(work "/wrong")
}

function finish_block(name) {
  close(work "/here/" file)
  if (kind == "sh")
    expect_success("set -e\n" body, start)
  else if (kind == "jsonl")
    expect_success("rm -f ../imported.db; rapport -j ../imported.db import jsonl file.jsonl", start)
  else if (kind == "yaml") {
    name = body
    sub(/\n.*/, "", name)
    sub(/^# /, "", name)
    printf "%s", body >(work "/config/rapport/" name)
    close(work "/config/rapport/" name)
    if (name ~ /^themes\//)
      expect_success("rapport theme check \"$XDG_CONFIG_HOME/rapport/" name "\"", start)
    else if (name == "rules.yaml")
      expect_success("rapport rules check \"$XDG_CONFIG_HOME/rapport/rules.yaml\"", start)
    else if (name == "config.yaml")
      expect_success("test -z \"$(rapport config 2>&1 >/dev/null)\"", start)
    else
      complain(start, "a block of YAML begins with # and the name of its file")
  }
}

# | `word`, `word` | date in the first line | date behind by |
function check_dates(row, cell, words, n, i, word) {
  split(row, cell, / *\| */)
  n = split(cell[2], words, /`/)
  for (i = 2; i <= n; i += 2) {
    word = words[i]
    if (cell[3] ~ /^[0-9]/) {
      run("rapport log --create --dry-run --json \"Maija Virtanen @ Saimaa Valves " word ": x\"")
      if (index(actual[1], "\"at\":\"" cell[3] "\"") == 0)
        complain(NR, word " is not " cell[3] " in the first line: " actual[1])
    }
    if (cell[4] ~ /^[0-9]/) {
      run("printf '%s\\n' 'Maija Virtanen @ Saimaa Valves: x' '! y by " word "' | rapport log --create --dry-run --json -")
      if (index(actual[1], "\"due\":\"" cell[4] "\"") == 0)
        complain(NR, word " is not " cell[4] " behind by: " actual[1])
    }
  }
}

# | `command` | `member`, `member`; anything |
function check_json(row, cell, words, n, i, command, keys, at) {
  split(row, cell, / *\| */)
  split(cell[2], words, /`/)
  command = words[2]
  at = "@keys"
  if (sub(/^array of /, "", cell[3]))
    at = "[0]@keys"
  if (cell[3] !~ /^`/)
    return
  sub(/[;:].*/, "", cell[3])
  n = split(cell[3], words, /`/)
  for (i = 2; i <= n; i += 2)
    keys = keys (i > 2 ? "," : "") "\"" words[i] "\""
  n = run("rapport " command " --json | json_at '" at "=[" keys "]'")
  if (ended != 0)
    complain(NR, command ": " substr(actual[1], 1, 500))
}

BEGIN { kind = "" }

kind == "" && /^<!-- table: .* -->$/ {
  print
  name = $3
  start = NR
  count = run("rapport help --table " name)
  if (ended != 0)
    complain(NR, actual[1])
  for (i = 1; i <= count; i++)
    print actual[i]
  kind = "table"
  shown = 0
  next
}
kind == "table" {
  if ($0 != "<!-- end -->") {
    shown++
    if (shown > count || $0 != actual[shown])
      stale = 1
    next
  }
  if (stale || shown != count)
    complain(start, "the table " name " is not as the program has it")
  stale = shown = 0
  kind = ""
  print
  next
}

kind == "" && /^<!-- now: .* -->$/ { now = $3; print; next }
kind == "" && /^<!-- (dates|json) -->$/ { kind = $2; print; next }
kind == "dates" || kind == "json" {
  print
  if (/^\| `/ && kind == "dates")
    check_dates($0)
  else if (/^\| `/)
    check_json($0)
  else if ($0 !~ /^\|/)
    kind = ""
  next
}

kind == "" && /^```(console|sh|note|jsonl|yaml)$/ {
  print
  kind = substr($0, 4)
  start = NR
  body = ""
  file = kind == "note" ? "note" : kind == "jsonl" ? "file.jsonl" : "unused"
  printf "" >(work "/here/" file)
  next
}
kind != "" && /^```$/ {
  if (kind == "console")
    finish_command()
  else
    finish_block()
  kind = ""
  print
  next
}
kind == "console" && /^\$ / {
  finish_command()
  print
  command = substr($0, 3)
  command_line = NR
  shown = 0
  next
}
kind == "console" { show[++shown] = $0; next }
kind != "" {
  print
  body = body $0 "\n"
  print >(work "/here/" file)
  next
}
{ print }
END {
  if (kind != "")
    complain(start, "the block or table that begins here does not end")
}
