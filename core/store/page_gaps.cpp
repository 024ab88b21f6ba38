#include "core/store/page_gaps.hpp"

#include <algorithm>
#include <vector>

namespace debrief::core {

namespace {

struct Gap {
    std::size_t begin = 0, end = 0;
};

std::size_t two_bytes(ByteView page, std::size_t at) {
    return (static_cast<std::size_t>(page[at]) << 8U) | static_cast<std::size_t>(page[at + 1]);
}

/// Empty for a page that is not as it should be: what is damaged is not written to.
Gap gap_of(ByteView page, std::size_t header) {
    constexpr std::size_t inner_header = 12, leaf_header = 8;
    if (page.size() < header + inner_header) return {};
    const auto kind = static_cast<unsigned>(page[header]);
    const bool inner = kind == 2 || kind == 5, leaf = kind == 10 || kind == 13;
    if (!inner && !leaf) return {};
    auto cells = two_bytes(page, header + 5);
    if (cells == 0) cells = 65'536;
    const auto pointers = header + (inner ? inner_header : leaf_header) + 2 * two_bytes(page, header + 3);
    if (pointers > cells || cells > page.size()) return {};
    return {pointers, cells};
}

}  // namespace

Status clear_page_gaps(Database& db) {
    std::vector<std::int64_t> pages;
    {
        auto trees = db.prepare("SELECT pageno FROM dbstat WHERE pagetype <> 'overflow'");
        if (!trees) return trees.error();
        for (;;) {
            const auto row = trees->step();
            if (!row) return row.error();
            if (!*row) break;
            pages.push_back(trees->integer(0));
        }
    }
    auto read = db.prepare("SELECT data FROM sqlite_dbpage WHERE pgno = ?1");
    if (!read) return read.error();
    auto write = db.prepare("UPDATE sqlite_dbpage SET data = ?2 WHERE pgno = ?1");
    if (!write) return write.error();
    for (const auto number : pages) {
        Bytes page;
        {
            const auto row = read->bind(1, number).step();
            if (!row) return row.error();
            if (!*row) continue;
            const auto bytes = read->bytes(0);
            const auto [begin, end] = gap_of(bytes, number == 1 ? 100 : 0);  // The file's own header stands before it.
            const auto first = bytes.begin() + static_cast<std::ptrdiff_t>(begin);
            const auto last = bytes.begin() + static_cast<std::ptrdiff_t>(end);
            if (std::any_of(first, last, [](auto byte) { return static_cast<unsigned>(byte) != 0; })) {
                page.assign(bytes.begin(), bytes.end());
                std::fill(page.begin() + static_cast<std::ptrdiff_t>(begin),
                          page.begin() + static_cast<std::ptrdiff_t>(end), Bytes::value_type{});
            }
        }
        read->reset();
        if (!page.empty()) DEBRIEF_TRY(write->bind(1, number).bind(2, ByteView{page}).run());
    }
    return Ok{};
}

}  // namespace debrief::core
