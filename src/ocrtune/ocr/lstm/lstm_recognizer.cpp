#include "ocrtune/ocr/lstm/lstm_recognizer.h"
