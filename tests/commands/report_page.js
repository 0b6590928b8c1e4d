// Measures of a page of the report, for report_in_browser.py.
(() => {
  const rgba = (text) => {
    const parts = (text.match(/[\d.]+/g) || [0, 0, 0, 0]).map(Number);
    return { colour: parts.slice(0, 3), opacity: parts.length > 3 ? parts[3] : 1 };
  };
  // Relative luminance and contrast of WCAG 2.1.
  const luminance = (colour) => colour.map((c) => c / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const contrast = (a, b) => {
    const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (light + 0.05) / (dark + 0.05);
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const { colour, opacity } = rgba(getComputedStyle(at).backgroundColor);
      if (opacity > 0.99) return colour;
    }
    return [255, 255, 255];
  };
  // invert(.92) hue-rotate(180deg), what the dark scheme does to a picture.
  const filtered = (colour, element) => {
    if (getComputedStyle(element).filter === 'none') return colour;
    const [r, g, b] = colour.map((c) => 0.92 - 0.84 * c / 255);
    return [-0.574 * r + 1.43 * g + 0.144 * b, 0.426 * r + 0.43 * g + 0.144 * b, 0.426 * r + 1.43 * g - 0.856 * b]
      .map((c) => 255 * Math.min(1, Math.max(0, c)));
  };
  const visible = (element) => element.checkVisibility({ contentVisibilityAuto: true, opacityProperty: true, visibilityProperty: true });
  const words = (element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());

  // Text of the page itself, not of its pictures: the least contrast and where.
  const textContrast = () => {
    let least = { ratio: 99, where: '', count: 0 };
    for (const element of document.body.querySelectorAll('*:not(svg *):not(style)')) {
      if (!words(element) || !visible(element)) continue;
      const ratio = contrast(rgba(getComputedStyle(element).color).colour, ground(element));
      least.count += 1;
      if (ratio < least.ratio) least = { ...least, ratio, where: element.outerHTML.slice(0, 200) };
    }
    return least;
  };

  // Text of pictures against what is painted under its middle.
  const pictureContrast = () => {
    let least = { ratio: 99, where: '', count: 0 };
    for (const svg of document.querySelectorAll('figure svg')) {
      if (!visible(svg)) continue;
      svg.scrollIntoView({ block: 'center', behavior: 'instant' });
      for (const text of svg.querySelectorAll('text')) {
        const box = text.getBoundingClientRect();
        const under = document.elementsFromPoint(box.x + box.width / 2, box.y + box.height / 2)
          .find((other) => other !== text && svg.contains(other) && /path|rect|polygon/.test(other.tagName) && getComputedStyle(other).fill !== 'none');
        const shade = under ? rgba(getComputedStyle(under).fill) : null;
        const behind = shade && shade.opacity > 0.5 && getComputedStyle(under).fillOpacity > 0.5 ? filtered(shade.colour, svg) : ground(svg);
        const ratio = contrast(filtered(rgba(getComputedStyle(text).fill).colour, svg), behind);
        least.count += 1;
        if (ratio < least.ratio) least = { ...least, ratio, where: text.outerHTML + ' on ' + behind };
      }
    }
    return least;
  };

  const figures = () => [...document.querySelectorAll('figure')].map((figure) => {
    const svg = figure.querySelector('svg'), box = svg ? svg.getBoundingClientRect() : { width: 0, height: 0 };
    const view = svg ? svg.viewBox.baseVal : { width: 0, height: 0 };
    // Text reaches beyond the picture where it would be cut.
    const cut = svg ? [...svg.querySelectorAll('text')].filter((text) => {
      const own = text.getBoundingClientRect();
      return own.width > 0 && (own.left < box.left - 1 || own.right > box.right + 1 || own.top < box.top - 1 || own.bottom > box.bottom + 1);
    }).map((text) => text.textContent) : [];
    return {
      id: figure.id, width: box.width, height: box.height, whole: figure.getBoundingClientRect().height, shown: svg ? visible(svg) : false,
      view: [view.width, view.height], parts: svg ? svg.querySelectorAll('path, use, text').length : 0, label: svg ? svg.getAttribute('aria-label') : '',
      role: svg ? svg.getAttribute('role') : '', caption: figure.querySelector('figcaption').textContent,
      lost: svg ? [...svg.querySelectorAll('use')].filter((use) => !document.querySelector(use.getAttribute('href'))).length : 0, cut,
    };
  });

  window.measured = {
    textContrast, pictureContrast, figures,
    headings: () => [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map((h) => Number(h.tagName[1])),
    overflow: () => document.documentElement.scrollWidth - window.innerWidth,
    // Whatever a table claims to do on a click would need a control.
    controls: () => document.querySelectorAll('[aria-sort], th button, th a, button, [onclick], script').length,
    tables: () => [...document.querySelectorAll('table')].map((table) => ({ caption: table.caption ? table.caption.textContent : '', heads: table.querySelectorAll('thead th[scope=col]').length })),
    unfold: () => document.querySelectorAll('details').forEach((details) => { details.open = true; }),
  };
})();
