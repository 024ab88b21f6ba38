// Before the first paint, so that nothing flashes: the chosen look and language.
(function () {
    try {
        var theme = localStorage.getItem("debrief.theme");
        if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
        var language = localStorage.getItem("debrief.language");
        if (language === "en" || language === "de") document.documentElement.lang = language;
    } catch (_) {
        // Storage that is closed to us changes no look.
    }
})();
