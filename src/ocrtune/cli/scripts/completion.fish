# fish completion for ocrtune; printed by `ocrtune completion fish`

# Prints the folders and files that the token begins; of the files, those that end with one of the arguments.
function __ocrtune_files
    set -l token (commandline -ct | string replace -r -- '^[\'"]' '')
    set -l option (string match -r -- '^--[^=]*=' $token); or set option ''
    set -l file (string replace -r -- '^--[^=]*=' '' "$token")
    for path in (complete -C "'' $file")
        set -l name (string split \t -- $path)[1]
        if string match -q -- '*/' $name
            echo -- $option$name
        else if test (count $argv) -eq 0
            echo -- $option$name
        else
            for suffix in $argv
                string match -q -- "*$suffix" $name; and echo -- $option$name
            end
        end
    end
end

function __ocrtune_complete
    set -l words (commandline -opc)
    set -l program $words[1]
    command -q $program; or set program ocrtune
    set -l token (string replace -r -- '^[\'"]' '' (commandline -ct))
    for line in ($program complete -- $words[2..] "$token" 2>/dev/null)
        switch $line
            case :nospace
                # fish sets no space behind = , : and /
            case :folders
                __ocrtune_files /
            case ':files*'
                __ocrtune_files (string split -n ' ' -- (string replace ':files' '' -- $line))
            case '*'
                echo -- $line
        end
    end
end

complete -c ocrtune -f -a '(__ocrtune_complete)'
