//! The names that a clinic's style may use. A name that is not here could do anything in tomorrow's browsers.

use super::words::Words;

pub(super) static AT_RULES: Words = Words::new(
    "media supports container layer scope starting-style font-face page keyframes -webkit-keyframes counter-style charset",
);

/// Of `@font-face`: nothing that changes the size of letters.
pub(super) static FACE: Words = Words::new(
    "font-family src font-weight font-style font-stretch font-display font-feature-settings font-variation-settings unicode-range",
);

/// Of `@page`, for `size`.
pub(super) static PAGE_SIZES: Words = Words::new("a4 letter portrait landscape auto important");

pub(super) static PSEUDO_ELEMENTS: Words = Words::new(
    "before after first-line first-letter marker selection placeholder details-content \
    -webkit-details-marker -moz-focus-inner",
);

pub(super) static PROPERTIES: Words = Words::new(
    "accent-color align-content align-items align-self all animation animation-delay \
    animation-direction animation-duration animation-fill-mode animation-iteration-count animation-name animation-play-state \
    animation-timing-function appearance aspect-ratio backdrop-filter -webkit-backdrop-filter background \
    background-attachment background-blend-mode background-clip -webkit-background-clip background-color background-image \
    background-origin background-position background-position-x background-position-y background-repeat background-size \
    block-size border border-block border-block-color border-block-end border-block-end-color border-block-end-style \
    border-block-end-width border-block-start border-block-start-color border-block-start-style border-block-start-width \
    border-block-style border-block-width border-bottom border-bottom-color border-bottom-left-radius \
    border-bottom-right-radius border-bottom-style border-bottom-width border-collapse border-color border-end-end-radius \
    border-end-start-radius border-image border-image-outset border-image-repeat border-image-slice border-image-source \
    border-image-width border-inline border-inline-color border-inline-end border-inline-end-color border-inline-end-style \
    border-inline-end-width border-inline-start border-inline-start-color border-inline-start-style border-inline-start-width \
    border-inline-style border-inline-width border-left border-left-color border-left-style border-left-width border-radius \
    border-right border-right-color border-right-style border-right-width border-spacing border-start-end-radius \
    border-start-start-radius border-style border-top border-top-color border-top-left-radius border-top-right-radius \
    border-top-style border-top-width border-width bottom box-decoration-break -webkit-box-decoration-break box-shadow \
    box-sizing break-after break-before break-inside caption-side caret-color clear clip clip-path -webkit-clip-path clip-rule \
    color color-adjust -webkit-print-color-adjust print-color-adjust color-interpolation color-scheme column-count column-fill \
    column-gap column-rule column-rule-color column-rule-style column-rule-width column-span column-width columns contain \
    contain-intrinsic-size container container-name container-type content content-visibility counter-increment counter-reset \
    counter-set cursor cx cy d direction display empty-cells fill fill-opacity fill-rule filter flex flex-basis flex-direction \
    flex-flow flex-grow flex-shrink flex-wrap float font font-family font-feature-settings font-kerning font-language-override \
    font-optical-sizing font-palette font-size font-size-adjust font-stretch font-style font-synthesis font-variant \
    font-variant-alternates font-variant-caps font-variant-east-asian font-variant-ligatures font-variant-numeric \
    font-variant-position font-variation-settings font-weight forced-color-adjust gap grid grid-area grid-auto-columns \
    grid-auto-flow grid-auto-rows grid-column grid-column-end grid-column-gap grid-column-start grid-gap grid-row grid-row-end \
    grid-row-gap grid-row-start grid-template grid-template-areas grid-template-columns grid-template-rows \
    hanging-punctuation height hyphenate-character hyphenate-limit-chars hyphens -webkit-hyphens image-orientation \
    image-rendering initial-letter inline-size inset inset-block inset-block-end inset-block-start inset-inline \
    inset-inline-end inset-inline-start isolation justify-content justify-items justify-self left letter-spacing line-break \
    line-height list-style list-style-image list-style-position list-style-type margin margin-block margin-block-end \
    margin-block-start margin-bottom margin-inline margin-inline-end margin-inline-start margin-left margin-right margin-top \
    mask mask-clip mask-composite mask-image mask-mode mask-origin mask-position mask-repeat \
    mask-size mask-type max-block-size max-height max-inline-size max-width min-block-size min-height min-inline-size \
    min-width mix-blend-mode object-fit object-position opacity order orphans outline outline-color outline-offset outline-style outline-width overflow \
    overflow-anchor overflow-block overflow-inline overflow-wrap overflow-x overflow-y padding \
    padding-block padding-block-end padding-block-start padding-bottom padding-inline padding-inline-end padding-inline-start \
    padding-left padding-right padding-top page page-break-after page-break-before page-break-inside paint-order perspective \
    perspective-origin place-content place-items place-self pointer-events position quotes r resize right rotate row-gap \
    ruby-align ruby-position rx ry scale scroll-behavior scroll-margin scroll-margin-bottom scroll-margin-top scroll-snap-type scrollbar-color scrollbar-width shape-image-threshold \
    shape-margin shape-outside shape-rendering stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset \
    stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width tab-size table-layout text-align \
    text-align-last text-anchor text-decoration text-decoration-color text-decoration-line text-decoration-skip-ink \
    text-decoration-style text-decoration-thickness text-emphasis text-emphasis-color text-emphasis-position \
    text-emphasis-style text-indent text-justify text-orientation text-overflow text-rendering text-shadow text-size-adjust \
    -webkit-text-size-adjust text-transform text-underline-offset text-underline-position text-wrap text-wrap-mode \
    text-wrap-style top transform transform-box transform-origin transform-style transition transition-behavior \
    transition-delay transition-duration transition-property transition-timing-function translate unicode-bidi user-select \
    -webkit-user-select vector-effect vertical-align visibility white-space white-space-collapse widows width will-change \
    word-break word-spacing word-wrap writing-mode x y z-index zoom -webkit-font-smoothing -moz-osx-font-smoothing \
    -webkit-tap-highlight-color -webkit-line-clamp -webkit-box-orient -webkit-text-fill-color -webkit-text-stroke",
);
