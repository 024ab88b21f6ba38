# debrief_view_rules(SOURCE): views of accounts that a store keeps were made by these rules; SOURCE is told their sum, and where
# one of them changes, the views are made anew.
function(debrief_view_rules source)
  file(GLOB rules CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/core/journey/*.?pp ${PROJECT_SOURCE_DIR}/core/civil_date.?pp
    ${PROJECT_SOURCE_DIR}/bot/risk/*.?pp ${PROJECT_SOURCE_DIR}/platform/app/account_view*.?pp)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${rules})
  set(sums "")
  foreach(rule ${rules})
    file(SHA256 ${rule} sum)
    string(APPEND sums ${sum})
  endforeach()
  string(SHA256 sums "${sums}")
  string(SUBSTRING ${sums} 0 16 sums)
  set_source_files_properties(${source} PROPERTIES COMPILE_DEFINITIONS DEBRIEF_VIEW_RULES="${sums}")
endfunction()
