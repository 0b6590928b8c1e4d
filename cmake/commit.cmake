# cmake -D OUTPUT=commit.cpp -D SOURCE=<tree> -P commit.cmake: the name of the checked-out commit as a source file.
# In an archive (git archive) there is no repository; the line below holds the name there.
set(archived "$Format:%h$")
execute_process(COMMAND git -C ${SOURCE} describe --always --abbrev=12
  OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
if(NOT archived MATCHES "Format")
  set(commit ${archived})
elseif(NOT commit)
  set(commit unknown)
endif()
file(WRITE ${OUTPUT} "#include \"commands/version.hpp\"

namespace meridian::commands {
const char* commit() { return \"${commit}\"; }
}  // namespace meridian::commands
")
