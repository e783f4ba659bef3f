#!/usr/bin/env python3
"""Writes pipelines to try on pages: single stages and some combinations first, then random ones.

usage: random_pipelines.py FOLDER [COUNT]

Each is a file NNN.psmMODE.toml, MODE being the page segmentation mode that Tesseract is to read its images
in. The same COUNT gives the same files.
"""
import pathlib
import random
import sys

SEED = 20261121
COUNT = 220


def odd(low, high):
    return random.randrange(low | 1, high + 1, 2)


def stage(name, **settings):
    return name, settings


def of(*makers):
    return random.choice(makers)()


def lines():
    def repaired():
        return stage("remove_lines_repaired", h_length=random.uniform(2.5, 8), v_length=random.uniform(2.5, 8),
                     thickness=random.uniform(.2, .8))
    return of(lambda: stage("remove_lines", h_size=random.randint(30, 70), v_size=random.randint(40, 120),
                            dilate_iter=random.randint(0, 3)),
              repaired, repaired,
              lambda: stage("inpaint_lines", h_size=random.randint(20, 100), v_size=random.randint(20, 100)))


def size():
    return of(lambda: stage("rescale_x_height", height=random.uniform(15, 36)),
              lambda: stage("rescale_x_height", height=random.uniform(18, 30)),
              lambda: stage("rescale", factor=random.choice([1.5, 2, 2.5])))


def background():
    def closing():
        return stage("divide_closing", window=random.uniform(.6, 3))
    return of(lambda: stage("normalize_division", kernel=odd(41, 201)), closing, closing,
              lambda: stage("divide_median", window=random.uniform(2, 8)),
              lambda: stage("subtract_background", dilate=odd(3, 15), blur=odd(11, 51)),
              lambda: stage("subtract_rolling_ball", radius=random.uniform(1, 8)),
              lambda: stage("reduce_show_through", contrast=random.uniform(.2, .6)))


def noise():
    return of(lambda: stage("denoise_nlm", h=random.uniform(3, 20)),
              lambda: stage("denoise_gaussian", sigma=random.uniform(.4, 1.6)),
              lambda: stage("denoise_bilateral", space=random.uniform(.7, 3), level=random.uniform(10, 70)),
              lambda: stage("despeckle", dark=random.uniform(.004, .04), light=random.uniform(0, .02)))


def contrast():
    return of(lambda: stage("stretch_percentiles", dark=random.uniform(0, 4), light=random.uniform(50, 97)),
              lambda: stage("gamma", gamma=random.uniform(.5, 3)),
              lambda: stage("clahe", clip=random.uniform(1, 5), tile=random.randint(4, 16)),
              lambda: stage("unsharp_mask", radius=random.uniform(.6, 4), amount=random.uniform(.5, 3)))


def black_and_white():
    return of(lambda: stage("binarize_adaptive", block=odd(41, 201), c=random.randint(6, 25)),
              lambda: stage("binarize_sauvola", window=random.uniform(3, 16), k=random.uniform(.08, .35)),
              lambda: stage("binarize_multiscale", window=random.uniform(3, 10), k=random.uniform(.08, .35)),
              lambda: stage("binarize_isauvola", window=random.uniform(4, 16), k=random.uniform(.02, .25)),
              lambda: stage("binarize_su", window=random.uniform(1.2, 4), edges=random.uniform(.5, 3),
                            k=random.uniform(.1, .9)))


def simple():
    """Pairs of mode and stages that a person would try first."""
    def x_height(height):
        return stage("rescale_x_height", height=height)
    closing, stretch, repaired = stage("divide_closing", window=1), stage("stretch_percentiles"), \
        stage("remove_lines_repaired")
    pipelines = [(mode, []) for mode in (3, 4, 11, 12)]
    pipelines += [(6, [x_height(height)]) for height in (18, 22, 26, 30, 36)]
    pipelines += [(mode, [x_height(height)]) for height in (22, 30) for mode in (4, 11)]
    pipelines += [(6, [stage("rescale", factor=factor)]) for factor in (1.5, 2, 3)]
    pipelines += [(6, [closing]), (6, [closing, stretch])]
    for height in (22, 28):
        pipelines += [(6, [closing, stretch, x_height(height)]),
                      (6, [closing, x_height(height), stage("binarize_sauvola")]),
                      (6, [repaired, closing, stretch, x_height(height)])]
    pipelines += [(6, [alone]) for alone in (repaired, stage("binarize_sauvola"), stage("binarize_multiscale"),
                                             stage("denoise_nlm", h=9), stage("invert_dark"))]
    pipelines += [(6, [x_height(26), other]) for other in (stage("denoise_nlm", h=12), stage("unsharp_mask"),
                                                           stage("thicken", amount=.04),
                                                           stage("thicken", amount=-.04))]
    return pipelines


def anything():
    """A mode and at least one stage, in an order that makes sense."""
    while True:
        stages = [stage("invert_dark")] if random.random() < .08 else []
        late, sized = random.random() < .5, random.random() < .65
        if sized and not late:
            stages.append(size())
        for share, maker in ((.25, lines), (.5, background), (.35, noise), (.4, contrast)):
            if random.random() < share:
                stages.append(maker())
        if sized and late:
            stages.append(size())
        if random.random() < .35:
            stages.append(black_and_white())
        if random.random() < .2:
            stages.append(stage("thicken", amount=random.uniform(-.06, .06)))
        if stages:
            return random.choices([6, 4, 3, 11], [60, 15, 8, 17])[0], stages


def text_of(name, stages):
    text = f'name = "{name}"\n'
    for number, (use, settings) in enumerate(stages):
        text += f'\n[[stage]]\nuse = "{use}"\n'
        for key, value in settings.items():
            value = value if isinstance(value, int) else round(value, 4)
            text += f'{key} = {{ value = {value}, as = "{key}{number}" }}\n'
    return text


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    random.seed(SEED)
    pipelines = simple()
    count = int(sys.argv[2]) if len(sys.argv) == 3 else COUNT
    while len(pipelines) < count:
        pipelines.append(anything())
    for number, (mode, stages) in enumerate(pipelines[:count]):
        name = f"{number:03}"
        (folder / f"{name}.psm{mode}.toml").write_text(text_of(name, stages), encoding="utf-8")


if __name__ == "__main__":
    main()
