@rem What "exec" of the scripts in package.json is on Windows, where no shell has it: runs the rest of the line.
@%*
