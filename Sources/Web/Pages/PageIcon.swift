/// The icon in the browser's tab: the mark of the layout.
enum PageIcon {
    static let text = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#163f73" d="M16 1 29 5.500v9.500c0 8-5.5 \
        13.3-13 16C8.5 28.3 3 23 3 15V5.500z"/><path fill="none" stroke="#fff" stroke-width="2.2" \
        stroke-linecap="round" d="M10 12h12M10 16.500h12M13 21h6"/></svg>
        """
}
